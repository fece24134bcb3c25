package org.scaleinv.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.safetensors.SafetensorsFile;
import org.scaleinv.tensor.DType;

/**
 * Writes inputs for Vietoris–Rips persistence in formats that Ripser reads, their points in an order drawn by SEED, and
 * prints a line for each: name, top dimension, threshold ("-" for none), format, file. Those of a folder of safetensors files
 * that hold {@code lower_distances}, their dimension and threshold as metadata; and larger ones, which it makes.
 *
 * <p>Arguments: OUTPUT SEED FOLDER|- [NAME...]
 */
public final class HomologyInputs {
  /** Points of one input. */
  private interface Cloud {
    void point(SplittableRandom random, float[] coordinates);
  }

  private final Path output;
  private final long seed;
  private final List<String> names;
  private final PrintStream lines;

  private HomologyInputs(Path output, long seed, List<String> names, PrintStream lines) {
    this.output = output;
    this.seed = seed;
    this.names = names;
    this.lines = lines;
  }

  public static void main(String[] arguments) throws IOException {
    var inputs = new HomologyInputs(
        Files.createDirectories(Path.of(arguments[0])),
        Long.parseLong(arguments[1]),
        List.of(arguments).subList(3, arguments.length),
        System.out);
    if (!arguments[2].equals("-")) {
      try (Stream<Path> files = Files.list(Path.of(arguments[2]))) {
        files.filter(f -> f.toString().endsWith(".safetensors")).sorted().forEach(inputs::ofFile);
      }
    }
    inputs.larger();
  }

  private boolean wanted(String name) {
    return names.isEmpty() || names.contains(name);
  }

  private void ofFile(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      String name = path.getFileName().toString().replace(".safetensors", "");
      if (!wanted(name)) {
        return;
      }
      var lower = file.tensors().get("lower_distances");
      float[] distances = new float[Math.toIntExact(lower.shape().size())];
      lower.read(0, MemorySegment.ofArray(distances));
      int n = (int) Math.round((1 + Math.sqrt(1 + 8.0 * distances.length)) / 2);
      String threshold = file.metadata().get("threshold");
      write(name, file.metadata().get("dimension"), threshold.isEmpty() ? "-" : threshold, n, (i, j) -> {
        int high = Math.max(i, j);
        return distances[high * (high - 1) / 2 + Math.min(i, j)];
      });
    }
  }

  private void larger() throws IOException {
    dense("surface_2000", "1", "-", 2000, 3, HomologyInputs::surface);
    dense("gmm768_5000", "1", "-", 5000, 768, clusters());
    dense("o3_4096", "3", "1.4", 4096, 9, HomologyInputs::orthogonal);
    torus();
  }

  private void dense(String name, String dimension, String threshold, int n, int d, Cloud cloud) {
    if (!wanted(name)) {
      return;
    }
    try (var engine = new CpuEngine();
        Buffer points = engine.upload(MemorySegment.ofArray(points(n, d, cloud)), DType.F32, n, d);
        Buffer all = engine.distances().all(points, Metric.EUCLIDEAN, 1)) {
      float[] distances = new float[n * n];
      engine.download(all, MemorySegment.ofArray(distances));
      write(name, dimension, threshold, n, (i, j) -> distances[i * n + j]);
    }
  }

  /** Always the same points; only their order changes with the seed. */
  private static float[] points(int n, int d, Cloud cloud) {
    var random = new SplittableRandom(20251123);
    float[] points = new float[n * d];
    float[] point = new float[d];
    for (int i = 0; i < n; i++) {
      cloud.point(random, point);
      System.arraycopy(point, 0, points, i * d, d);
    }
    return points;
  }

  /** A closed tube with bumps along a trefoil knot: a scanned surface's like. */
  private static void surface(SplittableRandom random, float[] point) {
    double along = 2 * Math.PI * random.nextDouble();
    double around = 2 * Math.PI * random.nextDouble();
    double tube = 0.5 + 0.15 * Math.cos(7 * along) * Math.cos(2 * around);
    double radius = 2 + Math.cos(3 * along) + tube * Math.cos(around);
    point[0] = (float) (radius * Math.cos(2 * along));
    point[1] = (float) (radius * Math.sin(2 * along));
    point[2] = (float) (Math.sin(3 * along) + tube * Math.sin(around));
  }

  /** Thirty clusters of intrinsic dimension 10 with noise: a model's embeddings' like. */
  private static Cloud clusters() {
    var fixed = new SplittableRandom(30);
    double[][] centres = normals(fixed, 30, 768, 0.2);
    // nearly orthonormal columns
    double[][] axes = normals(fixed, 10, 768, 1 / Math.sqrt(768));
    return (random, point) -> {
      double[] centre = centres[random.nextInt(30)];
      double[] along = normals(random, 1, 10, 1)[0];
      for (int c = 0; c < point.length; c++) {
        double value = centre[c] + 0.1 * random.nextGaussian();
        for (int k = 0; k < 10; k++) {
          value += axes[k][c] * along[k];
        }
        point[c] = (float) value;
      }
    };
  }

  private static double[][] normals(SplittableRandom random, int rows, int columns, double deviation) {
    double[][] all = new double[rows][columns];
    for (double[] row : all) {
      for (int c = 0; c < columns; c++) {
        row[c] = deviation * random.nextGaussian();
      }
    }
    return all;
  }

  /** An orthogonal 3 × 3 matrix, evenly distributed: three normal vectors made orthonormal in turn. */
  private static void orthogonal(SplittableRandom random, float[] point) {
    double[][] rows = normals(random, 3, 3, 1);
    for (int r = 0; r < 3; r++) {
      for (int before = 0; before < r; before++) {
        double along = product(rows[r], rows[before]);
        for (int c = 0; c < 3; c++) {
          rows[r][c] -= along * rows[before][c];
        }
      }
      double length = Math.sqrt(product(rows[r], rows[r]));
      for (int c = 0; c < 3; c++) {
        rows[r][c] /= length;
        point[3 * r + c] = (float) rows[r][c];
      }
    }
  }

  private static double product(double[] x, double[] y) {
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
  }

  /** Points of two unit circles' product, and the pairs within a threshold as a list. */
  private void torus() throws IOException {
    if (!wanted("torus_50000")) {
      return;
    }
    int n = 50_000;
    float[] values = points(n, 4, (random, point) -> {
      for (int circle = 0; circle < 2; circle++) {
        double angle = 2 * Math.PI * random.nextDouble();
        point[2 * circle] = (float) Math.cos(angle);
        point[2 * circle + 1] = (float) Math.sin(angle);
      }
    });
    DistanceGraph graph;
    try (var engine = new CpuEngine();
        Buffer points = engine.upload(MemorySegment.ofArray(values), DType.F32, n, 4)) {
      graph = engine.distances().within(points, Metric.EUCLIDEAN, 0.15f, 1);
    }
    int[] order = order(n);
    Path file = output.resolve("torus_50000.sparse");
    try (var writer = new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < n; i++) {
        for (long p = graph.offsets()[i]; p < graph.offsets()[i + 1]; p++) {
          writer.append(Integer.toString(order[i])).append(' ')
              .append(Integer.toString(order[graph.partners()[(int) p]])).append(' ')
              .append(Float.toString(graph.lengths()[(int) p])).append('\n');
        }
      }
    }
    lines.println("torus_50000 1 0.15 sparse " + file);
  }

  private interface Length {
    float of(int i, int j);
  }

  /** The strict lower triangle, row by row, little-endian: the fastest format of Ripser. */
  private void write(String name, String dimension, String threshold, int n, Length length) {
    int[] order = order(n);
    Path file = output.resolve(name + ".binary");
    ByteBuffer row = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      for (int i = 1; i < n; i++) {
        row.clear();
        for (int j = 0; j < i; j++) {
          row.putFloat(length.of(order[i], order[j]));
        }
        row.flip();
        while (row.hasRemaining()) {
          channel.write(row);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    lines.println(String.join(" ", name, dimension, threshold, "binary", file.toString()));
  }

  private int[] order(int n) {
    var random = new SplittableRandom(seed);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
