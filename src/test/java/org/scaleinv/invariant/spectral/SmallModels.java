package org.scaleinv.invariant.spectral;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.math3.linear.RealMatrix;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.model.WeightMatrix;

/** Models in memory: an embedding, and in each layer a square and a long matrix and one head's two products. */
final class SmallModels {
  static final int WIDTH = 32;
  static final int HEAD = 16;

  private SmallModels() {}

  static Checkpoint gaussian(int depth) {
    double[] scales = new double[depth];
    Arrays.fill(scales, 0.02);
    return layered(scales, false);
  }

  /** Every layer the same but for its scale. */
  static Checkpoint withLayerScales(double... scales) {
    return layered(scales, true);
  }

  /** Two layers, the first's long matrix with a NaN. */
  static Checkpoint withNaN() {
    Checkpoint sound = gaussian(2);
    RealMatrix broken = Samples.gaussian(4 * WIDTH, WIDTH, 1, 99);
    broken.setEntry(5, 7, Double.NaN);
    List<WeightMatrix> matrices = sound.matrices().stream()
        .map(weight -> weight.subject().equals("h.0.mlp.in")
            ? new WeightMatrix(weight.subject(), weight.role(), 0, Samples.stored(weight.subject(), broken))
            : weight)
        .toList();
    return checkpoint(2, matrices, sound.circuits());
  }

  static Checkpoint vector() {
    RealMatrix row = Samples.gaussian(1, 7, 1, 3);
    return checkpoint(null, List.of(new WeightMatrix("v", "matrix", null, Samples.stored("v", row))), List.of());
  }

  private static Checkpoint layered(double[] scales, boolean alike) {
    List<WeightMatrix> matrices = new ArrayList<>();
    List<HeadCircuit> circuits = new ArrayList<>();
    matrices.add(weight("wte", "embedding.token", null, Samples.gaussian(100, WIDTH, 0.02, 1)));
    for (int layer = 0; layer < scales.length; layer++) {
      int seed = alike ? 10 : 10 + 10 * layer;
      String prefix = "h." + layer + ".";
      double scale = scales[layer];
      matrices.add(weight(prefix + "attn.q", "attention.q", layer, Samples.gaussian(WIDTH, WIDTH, scale, seed)));
      matrices.add(weight(prefix + "mlp.in", "mlp.in", layer, Samples.gaussian(4 * WIDTH, WIDTH, scale, seed + 1)));
      circuits.add(circuit(prefix + "head.0.ov", "attention.ov", layer, seed + 2));
      circuits.add(circuit(prefix + "head.0.qk", "attention.qk", layer, seed + 4));
    }
    return checkpoint(scales.length, matrices, circuits);
  }

  private static WeightMatrix weight(String name, String role, Integer layer, RealMatrix matrix) {
    return new WeightMatrix(name, role, layer, Samples.stored(name, matrix));
  }

  private static HeadCircuit circuit(String name, String role, int layer, long seed) {
    Factor left = new Factor(Samples.stored(name, Samples.gaussian(WIDTH, HEAD, 0.02, seed)), false);
    Factor right = new Factor(Samples.stored(name, Samples.gaussian(HEAD, WIDTH, 0.02, seed + 1)), true);
    return new HeadCircuit(name, role, layer, 0, left, right);
  }

  private static Checkpoint checkpoint(Integer depth, List<WeightMatrix> matrices, List<HeadCircuit> circuits) {
    return new Checkpoint(
        "small", Path.of("memory"), "unknown", 0, 0, WIDTH, depth, null, new TreeMap<>(), matrices, circuits,
        List.of(), List.of());
  }
}
