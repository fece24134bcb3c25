package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.Diagram.Representatives;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/**
 * Persistence diagrams as diagrams.safetensors: {@code diagram} [pairs, 3] F32, dimension, birth and death; where there
 * are representatives, five tensors a dimension besides.
 */
public final class DiagramsFile {
  public static final String NAME = "diagrams.safetensors";

  private static final int COLUMNS = 3;

  private DiagramsFile() {}

  /** Leaves the stream open. */
  public static void write(List<Diagram> diagrams, OutputStream out) throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(pairs(diagrams));
    diagrams.stream().filter(diagram -> diagram.representatives() != null).forEach(d -> representatives(d, tensors));
    SafetensorsWriter.write(Channels.newChannel(out), NAME, tensors, Map.of());
  }

  private static Tensor pairs(List<Diagram> diagrams) {
    int count = diagrams.stream().mapToInt(Diagram::size).sum();
    float[] rows = new float[Math.multiplyExact(count, COLUMNS)];
    int at = 0;
    for (Diagram diagram : diagrams) {
      for (int pair = 0; pair < diagram.size(); pair++) {
        rows[at++] = diagram.dimension();
        rows[at++] = diagram.births()[pair];
        rows[at++] = diagram.deaths()[pair];
      }
    }
    return Tensor.of("diagram", DType.F32, Shape.of(count, COLUMNS), MemorySegment.ofArray(rows));
  }

  private static void representatives(Diagram diagram, List<Tensor> tensors) {
    Representatives carried = diagram.representatives();
    String of = "." + diagram.dimension();
    int vertices = diagram.dimension() + 1;
    tensors.add(simplices("birth_simplices" + of, carried.birthSimplices(), vertices));
    tensors.add(simplices("death_simplices" + of, carried.deathSimplices(), vertices + 1));
    tensors.add(simplices("cocycle_simplices" + of, carried.simplices(), vertices));
    int[] coefficients = carried.coefficients();
    tensors.add(
        Tensor.of("cocycle_coefficients" + of, DType.I32, Shape.of(coefficients.length),
            MemorySegment.ofArray(coefficients)));
    long[] offsets = carried.offsets();
    tensors.add(
        Tensor.of("cocycle_offsets" + of, DType.I64, Shape.of(offsets.length), MemorySegment.ofArray(offsets)));
  }

  private static Tensor simplices(String name, int[] vertices, int each) {
    return Tensor.of(name, DType.I32, Shape.of(vertices.length / each, each), MemorySegment.ofArray(vertices));
  }
}
