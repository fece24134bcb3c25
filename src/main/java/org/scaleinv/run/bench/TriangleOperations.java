package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Spectra.TrianglePanel;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** What is done with the triangles of heads before their singular values, in batches and double precision. */
public final class TriangleOperations {
  private static final double EPSILON = 0x1p-52;
  private static final long SEED = 20251122;

  private TriangleOperations() {}

  /** One panel (length, order) a triangle, into triangles of zeros. */
  public static Operation accumulate(int count, int length, int order) {
    double n = order;
    return new Operation(
        "triangles.accumulate", count + " of " + length + " x " + order, Sharing.ONE_THREAD,
        new Cost(
            Double.BYTES * count * (length * n + n * (n + 1)), 2 * count * length * n * n, DType.F64,
            "2mn² FLOP each, reflections of a panel of m rows below a triangle (Golub and Van Loan, §5.2); "
                + "panels read, triangles read and written"),
        (engine, threads) -> new Accumulate(engine, count, length, order));
  }

  /** left·rightᵀ of upper triangles. */
  public static Operation product(int count, int order) {
    double n = order;
    return new Operation(
        "triangles.product", count + " of " + order + " x " + order, Sharing.ONE_THREAD,
        new Cost(
            Double.BYTES * count * (n * (n + 1) + n * n), count * n * n * n / 3 * 2, DType.F64,
            "2n³/3 FLOP each; triangles read, products written"),
        (engine, threads) -> new Product(engine, count, order));
  }

  /** Frobenius norms. */
  public static Operation norm(int count, int elements) {
    return new Operation(
        "triangles.norm", count + " of " + elements, Sharing.ONE_THREAD,
        new Cost(
            (double) Double.BYTES * count * elements, 2.0 * count * elements, DType.F64,
            "2 FLOP an element; elements read"),
        (engine, threads) -> new Norm(engine, count, elements));
  }

  /** One set of numbers; matrix i of a batch is i + 1 times as large, so that none can be taken for another. */
  private static double[] numbers(int count, int salt) {
    return new SplittableRandom(SEED + salt).doubles(count, -1, 1).toArray();
  }

  private static double[] times(double factor, double[] values) {
    double[] product = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      product[i] = factor * values[i];
    }
    return product;
  }

  /** ±1, for a product with a matrix that shows a wrong entry (Freivalds, IFIP Congress 1977). */
  private static double[] signs(int count) {
    return new SplittableRandom(SEED - 1).ints(count, 0, 2).mapToDouble(bit -> 2 * bit - 1).toArray();
  }

  /** matrix·x, or matrixᵀ·x, of a matrix (x.length or any, columns) row by row. */
  private static double[] apply(MemorySegment matrix, int rows, int columns, boolean transposed, double[] x) {
    double[] product = new double[transposed ? columns : rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double entry = matrix.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * columns + j);
        product[transposed ? j : i] += entry * x[transposed ? i : j];
      }
    }
    return product;
  }

  /** A trial on several buffers that a run uses up or makes. */
  private abstract static class OnSeveral extends Trial {
    private final List<Buffer> made = new ArrayList<>();

    OnSeveral(Engine engine) {
      super(engine);
    }

    Buffer made(Buffer buffer) {
      made.add(buffer);
      return buffer;
    }

    @Override
    void putBack() {
      made.forEach(Buffer::close);
      made.clear();
    }

    @Override
    public final void close() {
      made.forEach(Buffer::close);
      super.close();
    }
  }

  private static final class Accumulate extends OnSeveral {
    private final int count;
    private final int length;
    private final int order;
    private final double[] first;
    private List<TrianglePanel> panels = List.of();

    Accumulate(Engine engine, int count, int length, int order) {
      super(engine);
      this.count = count;
      this.length = length;
      this.order = order;
      first = numbers(length * order, 0);
    }

    @Override
    void putBack() {
      super.putBack();
      panels =
          IntStream.range(0, count)
              .mapToObj(i -> new TrianglePanel(
                  made(engine().spectra().zeros(order)),
                  made(upload(times(i + 1, first), length, order)),
                  false))
              .toList();
    }

    @Override
    void work() {
      engine().spectra().accumulateTriangles(panels);
    }

    /**
     * Rᵀ(R·x) = Aᵀ(A·x). RᵀR is off by at most about m·ε·‖A‖² (Higham, Accuracy and Stability, §19.3), and ‖A‖² by at
     * most m·n.
     */
    @Override
    public void check() {
      double[] x = signs(order);
      MemorySegment panel = MemorySegment.ofArray(first);
      double[] expected = apply(panel, length, order, true, apply(panel, length, order, false, x));
      double allowed = 4 * EPSILON * length * length * order * Math.sqrt(order);
      for (int i = 0; i < count; i++) {
        MemorySegment r = downloaded(panels.get(i).triangle());
        double[] found = apply(r, order, order, true, apply(r, order, order, false, x));
        double square = (i + 1.0) * (i + 1);
        requireClose(
            "triangle " + i + " of " + length + " x " + order, times(square, expected), found, square * allowed);
      }
    }
  }

  private static final class Product extends OnSeveral {
    private final int order;
    private final List<double[]> matrices = new ArrayList<>();
    private final List<Buffer> left = new ArrayList<>();
    private final List<Buffer> right = new ArrayList<>();
    private List<Buffer> products = List.of();

    Product(Engine engine, int count, int order) {
      super(engine);
      this.order = order;
      for (int side = 0; side < 2; side++) {
        double[] upper = numbers(order * order, side);
        for (int i = 0; i < order; i++) {
          for (int j = 0; j < i; j++) {
            upper[i * order + j] = 0;
          }
        }
        matrices.add(upper);
      }
      for (int i = 0; i < count; i++) {
        left.add(keep(upload(times(i + 1, matrices.get(0)), order, order)));
        right.add(keep(upload(matrices.get(1), order, order)));
      }
    }

    @Override
    void work() {
      products = engine().spectra().triangleProducts(left, right);
      products.forEach(this::made);
    }

    /** product·x = left·(rightᵀ·x): sums of n products of numbers up to 1, and up to n of those. */
    @Override
    public void check() {
      double[] x = signs(order);
      double[] inner = apply(MemorySegment.ofArray(matrices.get(1)), order, order, true, x);
      double[] expected = apply(MemorySegment.ofArray(matrices.get(0)), order, order, false, inner);
      double allowed = 2 * EPSILON * order * order * order;
      for (int i = 0; i < products.size(); i++) {
        requireClose(
            "product " + i + " of triangles of order " + order, times(i + 1, expected),
            apply(downloaded(products.get(i)), order, order, false, x), (i + 1) * allowed);
      }
    }
  }

  private static final class Norm extends OnSeveral {
    private final List<Buffer> buffers = new ArrayList<>();
    private final double[] expected;
    private double[] found;

    Norm(Engine engine, int count, int elements) {
      super(engine);
      double[] first = numbers(elements, 0);
      double square = 0;
      for (double value : first) {
        square += value * value;
      }
      expected = new double[count];
      for (int i = 0; i < count; i++) {
        buffers.add(keep(upload(times(i + 1, first), 1, elements)));
        expected[i] = (i + 1) * Math.sqrt(square);
      }
    }

    @Override
    void work() {
      found = engine().spectra().frobeniusNorms(buffers);
    }

    /** A sum of n squares errs by at most n·ε/2 of itself, on either side. */
    @Override
    public void check() {
      long elements = buffers.getFirst().columns();
      requireClose(
          "Frobenius norms", expected, found, 2 * EPSILON * (elements + 4) * expected[expected.length - 1]);
    }
  }
}
