package org.scaleinv.engine.cuda;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.scaleinv.error.EngineFailure;

/** What the kernels of singular values put behind those of each matrix: how their rotations ended. */
final class Convergence {
  private Convergence() {}

  /**
   * The values of each matrix.
   *
   * @param operation what was asked for, as errors name it
   * @param found (count, order + 1): values, then a number of sweeps, or none, or −1 (kernels/singular_values.cu)
   * @param name of a matrix, by its number
   * @throws EngineFailure naming the first matrix that was not decomposed
   */
  static double[][] required(
      CudaEngine engine, String operation, double[] found, int order, int mostSweeps, IntFunction<String> name) {
    double[][] values = new double[found.length / (order + 1)][];
    for (int i = 0; i < values.length; i++) {
      int end = (i + 1) * (order + 1) - 1;
      if (!(found[end] > 0)) {
        throw new EngineFailure(
            engine.name() + " engine: " + operation + " of " + name.apply(i) + " on device "
                + engine.device().ordinal() + " (" + engine.device().name() + "): "
                + (found[end] < 0
                    ? "an entry is NaN or infinite"
                    : "Jacobi rotations did not converge in " + mostSweeps + " sweeps"));
      }
      values[i] = Arrays.copyOfRange(found, end - order, end);
    }
    return values;
  }
}
