package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.scaleinv.engine.BestPartners;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Diagram;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Probe;
import org.scaleinv.engine.Rips;
import org.scaleinv.engine.Spectra;
import org.scaleinv.engine.Standardised;
import org.scaleinv.tensor.DType;

/**
 * Work for a device, every operation in it and every kernel: a new operation has its place here, and is then run in any
 * order, late, by several threads, under the search for races, and with each of its calls failing.
 */
record DeviceWork(String name, Steps steps) {
  private static final long SEED = 20251122;

  /** Runs the work on about {@code size} points, rows or elements, its answers to {@code bits}. */
  interface Steps {
    void run(CudaEngine engine, int size, Bits bits);
  }

  static List<DeviceWork> all() {
    List<DeviceWork> all = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      all.add(new DeviceWork(metric + " distances", (engine, n, bits) -> distances(engine, metric, n, bits)));
    }
    for (DType type : DType.values()) {
      if (type.widens()) {
        all.add(new DeviceWork("widening of " + type, (engine, n, bits) -> widening(engine, type, n, bits)));
      }
    }
    for (DType type : List.of(DType.F32, DType.F64)) {
      all.add(new DeviceWork("correlations of " + type, (engine, n, bits) -> correlations(engine, type, n, bits)));
    }
    all.add(new DeviceWork("Gram matrices", DeviceWork::gram));
    all.add(new DeviceWork("triangles", DeviceWork::triangles));
    all.add(new DeviceWork("decompositions", DeviceWork::decompositions));
    all.add(new DeviceWork("heads", DeviceWork::heads));
    all.add(new DeviceWork("values in global memory", DeviceWork::valuesInGlobalMemory));
    all.add(new DeviceWork("singular vectors", DeviceWork::singularVectors));
    all.add(new DeviceWork("persistence", DeviceWork::persistence));
    all.add(new DeviceWork("probe", DeviceWork::probe));
    return all;
  }

  /** The bits of the answers. */
  byte[] run(CudaEngine engine, int size) {
    var bits = new Bits(engine, new ByteArrayOutputStream());
    steps.run(engine, size, bits);
    return bits.bytes.toByteArray();
  }

  /** Fails unless every kernel that there is was launched. */
  static void assertEveryKernelIn(Set<String> launched) {
    assertEquals(EmulatedKernels.parameters().keySet(), launched, "kernels, and those that the work launches");
  }

  @Override
  public String toString() {
    return name;
  }

  /** Spread points, two of them alike; and points all near each other, which are summed another way. */
  private static void distances(CudaEngine engine, Metric metric, int n, Bits bits) {
    for (int far : new int[] {0, 30}) {
      int coordinates = far == 0 ? 9 : 12;
      float[] values = new float[n * coordinates];
      var random = new SplittableRandom(SEED);
      for (int i = 0; i < values.length; i++) {
        values[i] = far + (float) random.nextDouble(-1, 1);
      }
      System.arraycopy(values, 0, values, (n - 1) * coordinates, coordinates);
      var distances = engine.distances();
      try (Buffer points = engine.upload(MemorySegment.ofArray(values), DType.F32, n, coordinates);
          Buffer all = distances.all(points, metric, 1);
          Buffer rows = distances.rows(points, metric, 1, n - 2, 1)) {
        bits.add(all);
        bits.add(rows);
        distances.stream(points, metric, 1, (from, count, block) -> bits.add(block));
        bits.add(distances.within(points, metric, Float.POSITIVE_INFINITY, 1));
      }
    }
  }

  /** Two variables alike, one constant; best partners among all, and among all but two. */
  private static void correlations(CudaEngine engine, DType type, int n, Bits bits) {
    int samples = 9;
    double[] values = new SplittableRandom(SEED).doubles((long) n * samples, -1, 1).toArray();
    System.arraycopy(values, 0, values, (n - 1) * samples, samples);
    Arrays.fill(values, samples, 2 * samples, 0.1);
    var correlation = engine.correlation();
    try (Buffer doubles = engine.upload(MemorySegment.ofArray(values), DType.F64, n, samples);
        Buffer variables = engine.widening().widen(doubles, type);
        Standardised standardised = correlation.standardise(variables, 1);
        Buffer matrix = correlation.matrix(standardised.rows(), 1);
        Buffer rows = correlation.rows(standardised.rows(), 1, n - 2, 1)) {
      bits.add(standardised.rows());
      bits.add(matrix);
      bits.add(rows);
      correlation.stream(standardised.rows(), 1, (from, count, block) -> bits.add(block));
      bits.add(correlation.bestPartners(standardised.rows(), 1));
      BitSet among = standardised.correlated();
      among.clear(0);
      bits.add(correlation.bestPartners(standardised.rows(), among, 1));
    }
  }

  private static void widening(CudaEngine engine, DType type, int n, Bits bits) {
    byte[] packed = new byte[(n + 3) * type.bytes()];
    new SplittableRandom(SEED).nextBytes(packed);
    try (Buffer source = engine.upload(MemorySegment.ofArray(packed), type, 1, n + 3);
        Buffer floats = engine.widening().widen(source, DType.F32);
        Buffer doubles = engine.widening().widen(source, DType.F64)) {
      bits.add(floats);
      bits.add(doubles);
      bits.add(engine.spectra().finite(doubles) ? 1.0 : 0.0);
    }
  }

  private static void gram(CudaEngine engine, int n, Bits bits) {
    for (boolean across : new boolean[] {false, true}) {
      int length = 2 * n + 1;
      try (var panel = (CudaBuffer) doubles(engine, across ? n : length, across ? length : n);
          var byLibrary = (CudaBuffer) engine.spectra().zeros(n);
          var byKernel = (CudaBuffer) engine.spectra().zeros(n)) {
        engine.spectra().accumulateGram(byLibrary, panel, across, 1);
        engine.perform(
            () -> "Gram matrix by the own kernel",
            () -> new KernelBlas(engine.kernels())
                .accumulateGram(byKernel.address(), n, panel.address(), length, across));
        bits.add(byLibrary);
        bits.add(byKernel);
      }
    }
  }

  private static void triangles(CudaEngine engine, int n, Bits bits) {
    Spectra spectra = engine.spectra();
    try (Buffer left = spectra.zeros(n);
        Buffer right = spectra.zeros(n);
        Buffer tall = doubles(engine, 2 * n + 1, n);
        Buffer wide = doubles(engine, n, 2 * n + 1)) {
      spectra.accumulateTriangle(left, tall, false);
      spectra.accumulateTriangle(right, wide, true);
      try (Buffer product = spectra.triangleProduct(left, right)) {
        bits.add(left);
        bits.add(right);
        bits.add(product);
      }
    }
  }

  private static void decompositions(CudaEngine engine, int n, Bits bits) {
    Spectra spectra = engine.spectra();
    try (Buffer symmetric = doubles(engine, n, n);
        Buffer tall = doubles(engine, n + 2, n);
        Buffer wide = doubles(engine, n, n + 2);
        Buffer stack = doubles(engine, 3 * n, n / 2);
        Buffer squares = doubles(engine, 3 * (n / 2), n / 2);
        Buffer whole = doubles(engine, n, n / 2)) {
      bits.add(spectra.symmetricEigenvalues(symmetric));
      bits.add(spectra.singularValues(tall));
      bits.add(spectra.singularValues(wide));
      bits.add(spectra.singularValues(stack, 3, 1));
      bits.add(spectra.eigenvalues(squares, 3, 1));
      bits.add(spectra.singularVectors(whole));
      bits.add(spectra.bidiagonalSingularValues(new double[] {3, 2, 1}, new double[] {1, 1}));
    }
  }

  /** Batches: of panels, of products, and of squares. */
  private static void heads(CudaEngine engine, int n, Bits bits) {
    Spectra spectra = engine.spectra();
    int inner = (n + 3) / 4;
    try (Buffer left = spectra.zeros(inner);
        Buffer right = spectra.zeros(inner);
        Buffer tall = doubles(engine, n, inner);
        Buffer wide = doubles(engine, inner, n + 3)) {
      spectra.accumulateTriangles(
          List.of(new Spectra.TrianglePanel(left, tall, false), new Spectra.TrianglePanel(right, wide, true)));
      bits.add(spectra.frobeniusNorms(List.of(left, right)));
      List<Buffer> products = spectra.triangleProducts(List.of(left, right), List.of(right, left));
      bits.add(spectra.singularValues(products));
      products.forEach(Buffer::close);
    }
  }

  /** As on a device whose shared memory holds no matrix. */
  private static void valuesInGlobalMemory(CudaEngine engine, int n, Bits bits) {
    var small = new SmallSpectra(engine, () -> 0, SmallSpectra.MOST_SWEEPS);
    int order = (n + 2) / 2;
    try (var square = (CudaBuffer) doubles(engine, order, order)) {
      bits.add(engine.perform(
          () -> "values", () -> small.values(new long[] {square.address()}, order, order, i -> "the matrix")));
    }
  }

  /** With room in shared memory for both squares, for one, and for none; square, tall and wide, one of them zero. */
  private static void singularVectors(CudaEngine engine, int n, Bits bits) {
    int order = (n + 2) / 3;
    try (var square = (CudaBuffer) doubles(engine, order, order);
        var zero = (CudaBuffer) engine.spectra().zeros(order);
        var panel = (CudaBuffer) doubles(engine, order, n)) {
      for (int squares = 0; squares <= 2; squares++) {
        int room = SmallSpectra.SHARED_BESIDE + squares * SmallSpectra.squareBytes(order);
        var small = new SmallVectors(engine, () -> room, SmallSpectra.MOST_SWEEPS);
        bits.add(decomposed(engine, small, order, order, square.address(), zero.address()));
        bits.add(decomposed(engine, small, n, order, panel.address()));
        bits.add(decomposed(engine, small, order, n, panel.address()));
      }
    }
  }

  private static Spectra.SingularVectors[] decomposed(
      CudaEngine engine, SmallVectors small, int rows, int columns, long... matrices) {
    return engine.perform(() -> "vectors", () -> small.vectors(matrices, rows, columns, i -> "matrix " + i));
  }

  /** Points on a circle, lifted by chance; the graph of all pairs, which the processor takes. */
  private static void persistence(CudaEngine engine, int n, Bits bits) {
    var random = new SplittableRandom(SEED);
    float[] values = new float[2 * n];
    for (int i = 0; i < n; i++) {
      values[2 * i] = (float) (Math.cos(i) + random.nextDouble(0.1));
      values[2 * i + 1] = (float) (Math.sin(i) + random.nextDouble(0.1));
    }
    var persistence = engine.persistence();
    try (Buffer points = engine.upload(MemorySegment.ofArray(values), DType.F32, n, 2);
        Buffer distances = engine.distances().all(points, Metric.EUCLIDEAN, 1)) {
      bits.add(persistence.dense(distances, Rips.upTo(2), 1, Persistence.Progress.NONE));
      var graph = engine.distances().within(points, Metric.EUCLIDEAN, 1, 1);
      bits.add(persistence.sparse(graph, Rips.upTo(1), 1, Persistence.Progress.NONE));
    }
  }

  private static void probe(CudaEngine engine, int n, Bits bits) {
    Probe probe = engine.probe();
    try (Buffer from = doubles(engine, n, n);
        Buffer to = doubles(engine, n, n);
        Buffer product = doubles(engine, n, n);
        Buffer floats = engine.widening().widen(from, DType.F32);
        Buffer floatProduct = engine.widening().widen(to, DType.F32)) {
      probe.copy(from, to, 1);
      probe.multiply(from, to, product, 1);
      probe.multiply(floats, floats, floatProduct, 1);
      probe.await();
      bits.add(to);
      bits.add(product);
      bits.add(floatProduct);
    }
  }

  private static Buffer doubles(CudaEngine engine, int rows, int columns) {
    double[] values = new SplittableRandom(SEED + rows).doubles((long) rows * columns, -1, 1).toArray();
    return engine.upload(MemorySegment.ofArray(values), DType.F64, rows, columns);
  }

  /** Collects answers as the bytes they consist of. */
  record Bits(CudaEngine engine, ByteArrayOutputStream bytes) {
    private void add(MemorySegment block) {
      bytes.writeBytes(block.toArray(ValueLayout.JAVA_BYTE));
    }

    private void add(Buffer buffer) {
      byte[] content = new byte[Math.toIntExact(buffer.rows() * buffer.columns() * buffer.dtype().bytes())];
      engine.download(buffer, MemorySegment.ofArray(content));
      bytes.writeBytes(content);
    }

    private void add(double... values) {
      add(MemorySegment.ofArray(values));
    }

    private void add(double[]... several) {
      for (double[] values : several) {
        add(values);
      }
    }

    private void add(Spectra.SingularVectors... several) {
      for (Spectra.SingularVectors vectors : several) {
        add(vectors.values(), vectors.left(), vectors.right());
      }
    }

    private void add(BestPartners best) {
      add(MemorySegment.ofArray(best.partners()));
      add(MemorySegment.ofArray(best.correlations()));
    }

    private void add(PersistentHomology homology) {
      for (Diagram diagram : homology.diagrams()) {
        add(MemorySegment.ofArray(diagram.births()));
        add(MemorySegment.ofArray(diagram.deaths()));
      }
    }

    private void add(DistanceGraph graph) {
      add(MemorySegment.ofArray(graph.offsets()));
      add(MemorySegment.ofArray(graph.partners()));
      add(MemorySegment.ofArray(graph.lengths()));
    }
  }
}
