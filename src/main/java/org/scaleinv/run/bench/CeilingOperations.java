package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** The operations that set the ceilings of all others: a copy and matrix products. */
public final class CeilingOperations {
  private CeilingOperations() {}

  /** A copy of a block that should be far larger than the caches. */
  public static Operation copy(long bytes) {
    return new Operation(
        "copy", "F32 " + bytes / Float.BYTES, Sharing.ALL_THREADS,
        Cost.ofMoving(2.0 * bytes, "each byte is read once and written once"),
        (engine, threads) -> new Copy(engine, bytes / Float.BYTES, threads));
  }

  /** A product of two square matrices, F32 or F64. */
  public static Operation product(DType type, long order) {
    double entries = (double) order * order;
    return new Operation(
        "gemm." + type.name().toLowerCase(Locale.ROOT), order + " x " + order, Sharing.ALL_THREADS,
        new Cost(3 * entries * type.bytes(), 2 * entries * order, type, "2·n³ FLOP; two matrices read, one written"),
        (engine, threads) -> new Product(engine, type, order, threads));
  }

  private static final class Copy extends Trial {
    private final MemorySegment elements;
    private final Buffer from;
    private final Buffer to;
    private final int threads;

    Copy(Engine engine, long count, int threads) {
      super(engine);
      this.threads = threads;
      elements = host(count * Float.BYTES).fill((byte) 0x55);
      elements.set(ValueLayout.JAVA_BYTE, elements.byteSize() - 1, (byte) 1);
      from = keep(engine.upload(elements, DType.F32, 1, count));
      to = keep(engine.upload(host(elements.byteSize()), DType.F32, 1, count));
    }

    @Override
    void work() {
      engine().probe().copy(from, to, threads);
    }

    @Override
    public void check() {
      MemoryOperations.requireSame(this, "copy", elements, downloaded(to));
    }
  }

  /** Of small whole numbers, so that every sum is exact in both types and the product of any row is known. */
  private static final class Product extends Trial {
    private final Buffer left;
    private final Buffer right;
    private final Buffer product;
    private final int threads;

    Product(Engine engine, DType type, long order, int threads) {
      super(engine);
      this.threads = threads;
      left = keep(upload(type, order, Product::left));
      right = keep(upload(type, order, Product::right));
      product = keep(upload(type, order, (i, j) -> 0));
    }

    private static int left(long i, long j) {
      return (int) ((i + 3 * j) % 5) - 2;
    }

    private static int right(long i, long j) {
      return (int) ((2 * i + j) % 7) - 3;
    }

    private interface Entry {
      int at(long row, long column);
    }

    private Buffer upload(DType type, long order, Entry entry) {
      MemorySegment elements = host(order * order * type.bytes());
      for (long i = 0; i < order * order; i++) {
        int value = entry.at(i / order, i % order);
        if (type == DType.F32) {
          elements.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        } else {
          elements.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
      }
      return engine().upload(elements, type, order, order);
    }

    @Override
    void work() {
      engine().probe().multiply(left, right, product, threads);
    }

    /** product·x = left·(right·x) for x = (0, 1, 2, …), which no wrong entry but by chance leaves alone. */
    @Override
    public void check() {
      long order = product.rows();
      double[] inner = new double[(int) order];
      for (int i = 0; i < order; i++) {
        for (int j = 0; j < order; j++) {
          inner[i] += (double) right(i, j) * j;
        }
      }
      MemorySegment found = downloaded(product);
      for (int i = 0; i < order; i++) {
        double expected = 0;
        double sum = 0;
        for (int j = 0; j < order; j++) {
          expected += left(i, j) * inner[j];
          long at = i * order + j;
          double entry =
              product.dtype() == DType.F32
                  ? found.getAtIndex(ValueLayout.JAVA_FLOAT, at)
                  : found.getAtIndex(ValueLayout.JAVA_DOUBLE, at);
          sum += entry * j;
        }
        if (expected != sum) {
          throw wrong("matrix product in " + product.dtype(), "row " + i + " times (0, 1, 2, …)", expected, sum);
        }
      }
    }
  }
}
