package org.scaleinv.invariant.spectral;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.scaleinv.engine.SingularSpectrum;
import org.scaleinv.engine.Solver;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** Spectra and matrices to measure. */
final class Samples {
  private Samples() {}

  /** A square matrix's spectrum with these singular values. */
  static Spectrum square(double... values) {
    return spectrum(values.length, values);
  }

  static Spectrum spectrum(long longSide, double... values) {
    double resolution = values[0] * values.length * Math.ulp(1.0);
    return Spectrum.ofMatrix(new SingularSpectrum(values, longSide, values.length, Solver.QR, resolution));
  }

  static Spectrum geometric(int size, double ratio) {
    return square(IntStream.range(0, size).mapToDouble(i -> Math.pow(ratio, i)).toArray());
  }

  static RealMatrix gaussian(int rows, int columns, double deviation, long seed) {
    var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
    RealMatrix matrix = MatrixUtils.createRealMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.setEntry(i, j, deviation * normal.sample());
      }
    }
    return matrix;
  }

  /** An orthogonal matrix. */
  static RealMatrix orthogonal(int order, long seed) {
    return new QRDecomposition(gaussian(order, order, 1, seed)).getQ();
  }

  static Matrix stored(String name, RealMatrix matrix) {
    double[] entries = Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
    Shape shape = Shape.of(matrix.getRowDimension(), matrix.getColumnDimension());
    return Matrix.of(Tensor.of(name, DType.F64, shape, MemorySegment.ofArray(entries)));
  }
}
