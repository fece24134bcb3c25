package org.scaleinv.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/**
 * How a tensor of any rank is read as matrices, when no fused projection says otherwise.
 *
 * <p>Rank 2 is a matrix. Rank 3, (n, rows, columns), is a stack of n matrices, as experts are stacked; a stack of one
 * is that matrix. A convolution's kernel, (out, …), which is any rank above 3, and rank 3 where a part of the name
 * speaks of a convolution, is the matrix (out, product of the rest). Rank 0 and 1 hold no matrix.
 */
final class MatrixRule {
  /** Each matrix of a stack is measured and reported; no layer of experts known today comes near this. */
  static final long TALLEST_STACK = 65_536;

  private MatrixRule() {}

  /** A matrix and what names it in its tensor: "" for the whole, "[3]" in a stack. */
  record Part(String suffix, Matrix matrix) {}

  /** What a tensor holds: matrices, or the reason why there are none; neither for a vector. */
  record Reading(List<Part> parts, String reason) {
    static Reading of(List<Part> parts) {
      return new Reading(parts, null);
    }

    static Reading none(String reason) {
      return new Reading(List.of(), reason);
    }
  }

  static Reading read(Tensor tensor) {
    Shape shape = tensor.shape();
    if (isVector(tensor)) {
      return Reading.of(List.of());
    }
    boolean kernel = shape.rank() > 3 || shape.rank() == 3 && namesConvolution(tensor.name());
    long rows = shape.rank() == 3 && !kernel ? shape.extent(1) : shape.extent(0);
    long count = shape.rank() == 3 && !kernel ? shape.extent(0) : 1;
    long columns = shape.size() / (rows * count);
    if (rows == 1 || columns == 1) {
      return Reading.none("no matrix: shape " + shape + " has one row or column");
    }
    if (count > TALLEST_STACK) {
      return Reading.none("not measured: a stack of " + count + " matrices, expected at most " + TALLEST_STACK);
    }
    List<Part> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String suffix = count == 1 ? "" : "[" + i + "]";
      parts.add(new Part(suffix, Matrix.window(tensor, i * rows * columns, rows, columns, columns)));
    }
    return Reading.of(parts);
  }

  static boolean isVector(Tensor tensor) {
    return tensor.shape().rank() < 2;
  }

  private static boolean namesConvolution(String name) {
    return name.toLowerCase(Locale.ROOT).contains("conv");
  }
}
