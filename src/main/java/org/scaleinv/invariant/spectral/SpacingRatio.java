package org.scaleinv.invariant.spectral;

import java.util.Arrays;
import org.scaleinv.invariant.InvariantInfo;

/**
 * Mean of r = min(s, s′)/max(s, s′) over neighbouring spacings s, s′ of the singular values (Oganesyan and Huse 2007;
 * Atas et al. 2013): 0.5307 for the orthogonal ensemble, 0.3863 for independent levels.
 *
 * <p>Bulk only: values at or below the solver's resolution are left out, then a tenth of the rest at each end, where
 * density and repulsion differ. Pairs of two zero spacings have no ratio and are counted as degenerate. The error
 * takes the ratios as independent; neighbours share a spacing, see docs/invariants.md. Sums stand in the detail, so
 * that ratios can be pooled over matrices.
 */
final class SpacingRatio implements SpectralInvariant {
  static final String ID = "spectral.spacing_ratio";
  static final int FEWEST_RATIOS = 4;
  static final String RATIOS = "ratios";
  static final String SUM = "ratio_sum";
  static final String SQUARE_SUM = "ratio_square_sum";

  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive(ID);
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    double[] bulk = bulk(spectrum);
    int count = 0;
    int degenerate = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i + 2 < bulk.length; i++) {
      double upper = bulk[i] - bulk[i + 1];
      double lower = bulk[i + 1] - bulk[i + 2];
      if (upper == 0 && lower == 0) {
        degenerate++;
      } else {
        double ratio = Math.min(upper, lower) / Math.max(upper, lower);
        count++;
        sum += ratio;
        squares += ratio * ratio;
      }
    }
    if (count < FEWEST_RATIOS) {
      return Outcome.notApplicable("needs " + FEWEST_RATIOS + " spacing ratios in the bulk, has " + count);
    }
    return pooled(count, sum, squares).with("degenerate", degenerate);
  }

  /** Mean and error of ratios pooled by their sums. */
  static Outcome pooled(long count, double sum, double squares) {
    double mean = sum / count;
    double variance = Math.max(squares / count - mean * mean, 0) * count / (count - 1);
    return Outcome.of(mean)
        .withError(Math.sqrt(variance / count))
        .with(RATIOS, count)
        .with(SUM, sum)
        .with(SQUARE_SUM, squares);
  }

  private static double[] bulk(Spectrum spectrum) {
    double[] values = spectrum.singularValues();
    int resolved = 0;
    while (resolved < values.length && values[resolved] > spectrum.resolution()) {
      resolved++;
    }
    int tenth = resolved / 10;
    return Arrays.copyOfRange(values, tenth, resolved - tenth);
  }
}
