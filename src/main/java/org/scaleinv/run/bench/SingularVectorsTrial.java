package org.scaleinv.run.bench;

import java.util.SplittableRandom;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Spectra.SingularVectors;

/** A singular value decomposition with vectors, of a matrix (rows, columns), rows ≥ columns, of known values. */
final class SingularVectorsTrial extends Trial {
  private static final double EPSILON = 0x1p-52;
  private static final long SEED = 20251122;

  private final int rows;
  private final int columns;
  private final double[] known;
  private final double[] matrix;
  private SingularVectors found;

  SingularVectorsTrial(Engine engine, int rows, int columns) {
    super(engine);
    this.rows = rows;
    this.columns = columns;
    known = KnownSpectrum.descending(columns, 0);
    matrix = KnownSpectrum.rectangular(known, rows, new SplittableRandom(SEED));
  }

  @Override
  void putBack() {
    passing(upload(matrix, rows, columns));
  }

  @Override
  void work() {
    found = engine().spectra().singularVectors(passing());
  }

  /**
   * The values; A·vᵢ = σᵢ·uᵢ for each of them; and lengths of 1. The values lie 1 apart, so that these leave nothing
   * else for the vectors to be. A backward stable method errs by a modest multiple of ε·σ₁, here the longer side.
   */
  @Override
  public void check() {
    double allowed = 4 * EPSILON * rows * known[0];
    requireClose("singular values of " + rows + " x " + columns, known, found.values(), allowed);
    for (int i = 0; i < columns; i++) {
      String name = "singular vectors " + i + " of " + rows + " x " + columns;
      double[] along = new double[rows];
      double[] expected = new double[rows];
      double[] squares = new double[2];
      for (int row = 0; row < rows; row++) {
        double left = found.left()[row * columns + i];
        expected[row] = known[i] * left;
        squares[0] += left * left;
        for (int j = 0; j < columns; j++) {
          along[row] += matrix[row * columns + j] * found.right()[i * columns + j];
        }
      }
      for (int j = 0; j < columns; j++) {
        squares[1] += found.right()[i * columns + j] * found.right()[i * columns + j];
      }
      requireClose(name, expected, along, 2 * allowed);
      requireClose("lengths of " + name, new double[] {1, 1}, squares, 4 * EPSILON * rows * columns);
    }
  }
}
