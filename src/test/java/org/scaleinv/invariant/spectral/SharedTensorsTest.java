package org.scaleinv.invariant.spectral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Solver;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.HeadCircuit;
import org.scaleinv.model.HeadCircuit.Factor;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.WatchedTensor;

class SharedTensorsTest {
  private static final int WIDTH = 24;
  private static final int HEAD = 6;

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void headsOfAFusedTensorReadItOnceAndMeasureTheSame(int heads) {
    RealMatrix weights = Samples.gaussian(WIDTH, 2 * heads * HEAD, 1, heads);
    WatchedTensor fused = new WatchedTensor(Samples.stored("fused", weights).tensor());
    List<HeadCircuit> windows = new ArrayList<>();
    List<HeadCircuit> copies = new ArrayList<>();
    for (int head = 0; head < heads; head++) {
      int left = head * HEAD;
      int right = (heads + head) * HEAD;
      windows.add(circuit(head, Matrix.of(fused).columns(left, HEAD), Matrix.of(fused).columns(right, HEAD)));
      copies.add(circuit(head, copy(weights, left), copy(weights, right)));
    }
    Findings shared = measure(windows);
    Findings apart = measure(copies);
    assertEquals(1, fused.reads().size(), "reads of the fused tensor");
    assertEquals(heads, shared.arrays().size());
    shared.arrays().forEach(
        (name, array) -> assertArrayEquals(apart.arrays().get(name).values(), array.values(), name));
    assertEquals(apart.measurements(), shared.measurements());
  }

  private static Matrix copy(RealMatrix weights, int from) {
    return Samples.stored("copy", weights.getSubMatrix(0, WIDTH - 1, from, from + HEAD - 1));
  }

  private static HeadCircuit circuit(int head, Matrix left, Matrix right) {
    return new HeadCircuit(
        "h.0.head." + head + ".qk", "attention.qk", 0, head, new Factor(left, false), new Factor(right, false));
  }

  private static Findings measure(List<HeadCircuit> circuits) {
    Checkpoint model = new Checkpoint(
        "small", Path.of("memory"), "unknown", 0, 0, WIDTH, 1, null, new TreeMap<>(), List.of(), circuits, List.of(),
        List.of());
    Settings settings = new Settings(List.of("spectral"), null, NullModel.NONE, 0, 0, Solver.AUTO);
    try (Engine engine = new CpuEngine()) {
      List<Work> work = new SpectralFamily().work(model, settings);
      assertEquals(1, work.size());
      return work.getFirst().measure(engine, 1);
    }
  }
}
