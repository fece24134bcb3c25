package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.scaleinv.engine.BestPartners;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Standardised;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** Correlations of variables, in single precision: to standardise them, the matrix, and the best partners without it. */
public final class CorrelationOperations {
  private static final long SEED = 20251122;

  /** Variables besides the last one whose correlations with all are compared with sums in double precision. */
  private static final int ROWS_CHECKED = 16;

  private static final String PAIRS = "2·t·n(n−1)/2 FLOP, two a sample of each pair; variables read, ";

  private CorrelationOperations() {}

  public static Operation standardise(int variables, int samples) {
    double elements = (double) variables * samples;
    return new Operation(
        "correlation.standardise", sizes(variables, samples), Sharing.ALL_THREADS,
        Cost.ofMoving(2 * Float.BYTES * elements, "variables read and written once"),
        (engine, threads) -> new Standardise(engine, variables, samples, threads));
  }

  public static Operation matrix(int variables, int samples) {
    double n = variables;
    return new Operation(
        "correlation.matrix", sizes(variables, samples), Sharing.ALL_THREADS,
        new Cost(
            Float.BYTES * (n * samples + n * n), samples * n * (n - 1), DType.F32, PAIRS + "n² correlations written"),
        (engine, threads) -> new Matrix(engine, variables, samples, threads));
  }

  public static Operation bestPartners(int variables, int samples) {
    double n = variables;
    return new Operation(
        "correlation.best-partners", sizes(variables, samples), Sharing.ALL_THREADS,
        new Cost(
            Float.BYTES * n * samples + (Integer.BYTES + Float.BYTES) * n, samples * n * (n - 1), DType.F32,
            PAIRS + "n partners and correlations written"),
        (engine, threads) -> new Best(engine, variables, samples, threads));
  }

  private static String sizes(int variables, int samples) {
    return variables + " x " + samples;
  }

  private abstract static class OfVariables extends Trial {
    final int variables;
    final int samples;
    final int threads;
    final float[] values;
    final Buffer uploaded;

    OfVariables(Engine engine, int variables, int samples, int threads) {
      super(engine);
      this.variables = variables;
      this.samples = samples;
      this.threads = threads;
      values = new float[variables * samples];
      var random = new SplittableRandom(SEED);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      uploaded = keep(engine.upload(MemorySegment.ofArray(values), DType.F32, variables, samples));
    }

    final Buffer standardised() {
      return keep(engine().correlation().standardise(uploaded, threads).rows());
    }

    /** The correlation of i and j by its definition. */
    final double plain(int i, int j) {
      return 1 - PlainDistance.of(Metric.CORRELATION, values, samples, i, j);
    }

    /** A sum of t products that are rounded, the magnitudes of which sum to at most 1. */
    final double allowed() {
      return 2 * (samples + 8) * 0x1p-24;
    }

    @Override
    public final void check() {
      int step = Math.max(1, variables / ROWS_CHECKED);
      for (int i = 0; i < variables - 1; i += step) {
        check(i);
      }
      check(variables - 1);
    }

    abstract void check(int i);

    final void requireClose(String operation, String place, double expected, double found, double allowed) {
      if (!(Math.abs(found - expected) <= allowed)) {
        throw wrong(operation + " of " + sizes(variables, samples), place, expected, found);
      }
    }
  }

  private static final class Standardise extends OfVariables {
    private MemorySegment found;

    Standardise(Engine engine, int variables, int samples, int threads) {
      super(engine, variables, samples, threads);
    }

    @Override
    void work() {
      Standardised standardised = engine().correlation().standardise(uploaded, threads);
      passing(standardised.rows());
    }

    @Override
    void putBack() {
      super.putBack();
      found = null;
    }

    @Override
    void check(int i) {
      if (found == null) {
        found = downloaded(passing());
      }
      double mean = 0;
      for (int k = 0; k < samples; k++) {
        mean += values[i * samples + k] / (double) samples;
      }
      double square = 0;
      for (int k = 0; k < samples; k++) {
        square += Math.pow(values[i * samples + k] - mean, 2);
      }
      for (int k = 0; k < samples; k++) {
        double expected = (values[i * samples + k] - mean) / Math.sqrt(square);
        float value = found.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * samples + k);
        requireClose("standardising", "variable " + i + ", sample " + k, expected, value,
            0x1p-22 * Math.abs(expected) + 1e-12);
      }
    }
  }

  private static final class Matrix extends OfVariables {
    private final Buffer standardised;
    private MemorySegment found;

    Matrix(Engine engine, int variables, int samples, int threads) {
      super(engine, variables, samples, threads);
      standardised = standardised();
    }

    @Override
    void work() {
      passing(engine().correlation().matrix(standardised, threads));
    }

    @Override
    void putBack() {
      super.putBack();
      found = null;
    }

    @Override
    void check(int i) {
      if (found == null) {
        found = downloaded(passing());
      }
      for (int j = 0; j < variables; j++) {
        String place = "variables " + i + " and " + j;
        requireClose("correlations", place, i == j ? 1 : plain(i, j), at(i, j), i == j ? 0 : allowed());
        requireClose("correlations", place, at(j, i), at(i, j), 0);
      }
    }

    private float at(int i, int j) {
      return found.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * variables + j);
    }
  }

  private static final class Best extends OfVariables {
    private final Buffer standardised;
    private BestPartners found;

    Best(Engine engine, int variables, int samples, int threads) {
      super(engine, variables, samples, threads);
      standardised = standardised();
    }

    @Override
    void work() {
      found = engine().correlation().bestPartners(standardised, threads);
    }

    @Override
    void check(int i) {
      int partner = found.partners()[i];
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < variables; j++) {
        largest = j == i ? largest : Math.max(largest, plain(i, j));
      }
      double correlation = partner < 0 || partner == i ? Double.NaN : plain(i, partner);
      String place = "partner " + partner + " of variable " + i;
      requireClose("best partners", place, largest, correlation, 2 * allowed());
      requireClose("best partners", place, largest, found.correlations()[i], allowed());
    }
  }
}
