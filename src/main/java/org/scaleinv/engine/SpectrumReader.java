package org.scaleinv.engine;

import java.util.List;
import java.util.function.Supplier;
import org.scaleinv.tensor.Matrix;

/**
 * Singular values of matrices that are read panel by panel, on any engine: memory for the Gram matrix (or triangle) of
 * the short side and one panel, whatever the length of the long side.
 */
public interface SpectrumReader {
  /**
   * Singular values of a matrix.
   *
   * @param threads how many threads may share the work; the same bits for any number
   * @throws org.scaleinv.error.BadInput rule "non-finite" when an entry is NaN or infinite, naming the tensor and
   *     how many
   */
  SingularSpectrum matrix(Matrix matrix, Solver solver, int threads);

  /**
   * Singular values of left·rightᵀ, at most d of them, from the triangles of the two factors, so that a change of
   * basis left·M, right·M⁻ᵀ leaves them alone.
   *
   * @param left (n, d), or stored as (d, n) when {@code leftTransposed}
   * @param right (m, d), or stored as (d, m) when {@code rightTransposed}
   */
  SingularSpectrum product(Matrix left, boolean leftTransposed, Matrix right, boolean rightTransposed);

  /** Factors as {@link #product} takes them. */
  record Product(Matrix left, boolean leftTransposed, Matrix right, boolean rightTransposed) {}

  /**
   * The spectrum of each product, found together where the engine gains by it, else when asked for. What a supplier
   * gives, or throws, is what {@link #product} would.
   */
  default List<Supplier<SingularSpectrum>> products(List<Product> products) {
    return products.stream()
        .<Supplier<SingularSpectrum>>map(
            each -> () -> product(each.left, each.leftTransposed, each.right, each.rightTransposed))
        .toList();
  }
}
