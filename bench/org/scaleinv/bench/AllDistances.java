package org.scaleinv.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.tensor.DType;

/**
 * Times all Euclidean distances of independent normal points in F32 by the cpu engine, and prints the median of five in
 * seconds. Writes the points and the first rows, for another program to compare with.
 *
 * <p>Arguments: FOLDER THREADS POINTS COORDINATES.
 */
public final class AllDistances {
  private static final int ROUNDS = 5;
  private static final int ROWS_WRITTEN = 50;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private AllDistances() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int threads = Integer.parseInt(arguments[1]);
    long n = Long.parseLong(arguments[2]);
    long d = Long.parseLong(arguments[3]);
    try (Arena arena = Arena.ofConfined();
        var engine = new CpuEngine()) {
      MemorySegment points = arena.allocate(FLOAT, n * d);
      var random = new SplittableRandom(1);
      for (long i = 0; i < n * d; i++) {
        points.setAtIndex(FLOAT, i, (float) random.nextGaussian());
      }
      write(folder.resolve("points.f32"), points);
      try (Buffer cloud = engine.upload(points, DType.F32, n, d)) {
        System.out.printf("%.4f%n", median(engine, cloud, threads));
        MemorySegment distances = arena.allocate(FLOAT, n * n);
        try (Buffer all = engine.distances().all(cloud, Metric.EUCLIDEAN, threads)) {
          engine.download(all, distances);
        }
        check(points, distances, n, d);
        write(folder.resolve("distances.f32"), distances.asSlice(0, Math.min(n, ROWS_WRITTEN) * n * Float.BYTES));
      }
    }
  }

  private static double median(CpuEngine engine, Buffer cloud, int threads) {
    double[] seconds = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      engine.distances().all(cloud, Metric.EUCLIDEAN, threads).close();
      if (round >= 0) {
        seconds[round] = (System.nanoTime() - begin) * 1e-9;
      }
    }
    Arrays.sort(seconds);
    return seconds[ROUNDS / 2];
  }

  /** A stride of pairs against double precision; d² of far points errs by 2·γ(d + 4)·(‖x‖² + ‖y‖²), about twice d². */
  private static void check(MemorySegment points, MemorySegment distances, long n, long d) {
    for (long i = 0; i < n; i += 97) {
      for (long j = i + 1; j < n; j += 101) {
        double square = 0;
        for (long c = 0; c < d; c++) {
          double difference = points.getAtIndex(FLOAT, i * d + c) - points.getAtIndex(FLOAT, j * d + c);
          square += difference * difference;
        }
        double expected = Math.sqrt(square);
        double found = distances.getAtIndex(FLOAT, i * n + j);
        if (!(Math.abs(found - expected) <= 4 * (d + 4) * 0x1p-24 * expected)) {
          throw new AssertionError("distance of " + i + " and " + j + ": expected " + expected + ", found " + found);
        }
      }
    }
  }

  private static void write(Path file, MemorySegment content) throws IOException {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = content.asByteBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
