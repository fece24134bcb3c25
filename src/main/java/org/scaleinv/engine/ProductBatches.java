package org.scaleinv.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.scaleinv.engine.SpectrumReader.Product;
import org.scaleinv.error.BadInput;

/**
 * Spectra of many products at a time: panels of all factors go to the engine together, and their triangles, the products
 * of those and the singular values are one operation each for the whole batch.
 */
final class ProductBatches {
  /** Bytes of panels at a time, as doubles. Twelve heads of two factors with 768 × 64 entries take 10 MB. */
  private static final long PANEL_BYTES = 128L << 20;

  private final Engine engine;
  private final Spectra spectra;

  ProductBatches(Engine engine) {
    this.engine = engine;
    this.spectra = engine.spectra();
  }

  /** A spectrum of each product, or the input's error. */
  List<Supplier<SingularSpectrum>> spectra(List<Product> products) {
    List<Supplier<SingularSpectrum>> results = new ArrayList<>();
    List<Head> batch = new ArrayList<>();
    for (Product product : products) {
      try {
        Head head = new Head(results.size(), product);
        if (!batch.isEmpty() && !fits(batch, head)) {
          measure(batch, results);
          batch.clear();
        }
        batch.add(head);
        results.add(null);
      } catch (BadInput broken) {
        results.add(() -> {
          throw broken;
        });
      }
    }
    measure(batch, results);
    return results;
  }

  private boolean fits(List<Head> batch, Head next) {
    long bytes = Stream.concat(batch.stream(), Stream.of(next)).mapToLong(Head::bytes).sum();
    return batch.size() < spectra.batch() && bytes <= PANEL_BYTES && batch.getFirst().order() == next.order();
  }

  private void measure(List<Head> batch, List<Supplier<SingularSpectrum>> results) {
    try (var triangles = new Held()) {
      List<Head> sound = new ArrayList<>();
      List<double[]> norms = new ArrayList<>();
      double[] all = triangles(batch, triangles);
      for (int i = 0; i < batch.size(); i++) {
        Head head = batch.get(i);
        double[] own = {all[2 * i], all[2 * i + 1]};
        // a NaN or infinity anywhere in a factor reaches its triangle
        if (own[0] < Double.POSITIVE_INFINITY && own[1] < Double.POSITIVE_INFINITY) {
          sound.add(head);
          norms.add(own);
        } else {
          BadInput broken = (own[0] < Double.POSITIVE_INFINITY ? head.right : head.left).nonFinite();
          results.set(head.index, () -> {
            throw broken;
          });
        }
      }
      double[][] values = values(sound);
      for (int i = 0; i < sound.size(); i++) {
        Head head = sound.get(i);
        SingularSpectrum spectrum =
            StreamedSpectra.ofProduct(head.left, head.right, values[i], norms.get(i)[0], norms.get(i)[1]);
        results.set(head.index, () -> spectrum);
      }
    }
  }

  /** Puts every head's triangles into {@code held}; their norms, left and right in turn. */
  private double[] triangles(List<Head> batch, Held held) {
    for (Head head : batch) {
      head.leftTriangle = held.add(spectra.zeros(head.order()));
      head.rightTriangle = held.add(spectra.zeros(head.order()));
    }
    int most = batch.stream().mapToInt(Head::panels).max().orElse(0);
    for (int i = 0; i < most; i++) {
      try (var loaded = new Held()) {
        List<Spectra.TrianglePanel> panels = new ArrayList<>();
        for (Head head : batch) {
          add(head.left, i, head.leftTriangle, loaded, panels);
          add(head.right, i, head.rightTriangle, loaded, panels);
        }
        spectra.accumulateTriangles(panels);
      }
    }
    return batch.isEmpty() ? new double[0] : spectra.frobeniusNorms(held.buffers);
  }

  private static void add(
      MatrixPanels factor, int index, Buffer triangle, Held loaded, List<Spectra.TrianglePanel> panels) {
    if (index < factor.count()) {
      panels.add(new Spectra.TrianglePanel(triangle, loaded.add(factor.load(index)), factor.acrossColumns()));
    }
  }

  private double[][] values(List<Head> heads) {
    if (heads.isEmpty()) {
      return new double[0][];
    }
    try (var cores = new Held()) {
      spectra
          .triangleProducts(
              heads.stream().map(head -> head.leftTriangle).toList(),
              heads.stream().map(head -> head.rightTriangle).toList())
          .forEach(cores::add);
      return spectra.singularValues(cores.buffers);
    }
  }

  private final class Head {
    private final int index;
    private final MatrixPanels left;
    private final MatrixPanels right;
    private Buffer leftTriangle;
    private Buffer rightTriangle;

    Head(int index, Product product) {
      this.index = index;
      left = new MatrixPanels(engine, product.left(), product.leftTransposed());
      right = new MatrixPanels(engine, product.right(), product.rightTransposed());
      StreamedSpectra.requireSameInner(left, right);
    }

    long order() {
      return left.order();
    }

    int panels() {
      return Math.max(left.count(), right.count());
    }

    long bytes() {
      return left.bytes() + right.bytes();
    }
  }

  /** Buffers that are closed together. */
  private static final class Held implements AutoCloseable {
    private final List<Buffer> buffers = new ArrayList<>();

    Buffer add(Buffer buffer) {
      buffers.add(buffer);
      return buffer;
    }

    @Override
    public void close() {
      buffers.forEach(Buffer::close);
    }
  }
}
