package org.scaleinv.run;

import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.tensor.DType;

/** How fast an engine is here, by a short trial of what measuring spends its time on. */
final class Speed {
  private static final int ORDER = 256;
  private static final int ROWS = 1024;
  private static final int TRIALS = 3;

  private Speed() {}

  /** Floating-point operations a second of one thread: the best of three Gram matrices with their eigenvalues. */
  static double flopsPerSecond(Engine engine) {
    double best = 0;
    for (int i = 0; i < TRIALS; i++) {
      best = Math.max(best, trial(engine));
    }
    return best;
  }

  private static double trial(Engine engine) {
    double[] values = new double[ROWS * ORDER];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i * (double) i);
    }
    try (Buffer panel = engine.upload(MemorySegment.ofArray(values), DType.F64, ROWS, ORDER);
        Buffer gram = engine.spectra().zeros(ORDER)) {
      long began = System.nanoTime();
      engine.spectra().accumulateGram(gram, panel, false, 1);
      engine.spectra().symmetricEigenvalues(gram);
      double seconds = (System.nanoTime() - began) / 1e9;
      return ORDER * (double) ORDER * (ROWS + 4.0 / 3 * ORDER) / seconds;
    }
  }
}
