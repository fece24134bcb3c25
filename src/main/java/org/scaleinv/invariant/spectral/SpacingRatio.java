package org.scaleinv.invariant.spectral;

import java.util.Arrays;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.LevelSpacing;

/**
 * Mean of r̃ = min(s, s′)/max(s, s′) over neighbouring spacings s, s′ of the singular values (Oganesyan and Huse 2007;
 * Atas et al. 2013): 0.5307 for the orthogonal ensemble, 0.3863 for independent levels.
 *
 * <p>Bulk only: values at or below the solver's resolution are left out, then a tenth of the rest at each end, where
 * density and repulsion differ. Detail: how many ratios, by which the means of several matrices are pooled, and how
 * many had no spacing at all.
 */
final class SpacingRatio implements SpectralInvariant {
  static final String ID = "spectral.spacing_ratio";
  static final String RATIOS = "ratios";

  /** Below it the error itself is guesswork. */
  static final int FEWEST_RATIOS = 4;

  private static final double TRIM = 0.1;

  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive(ID).pooledBy(RATIOS);
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    LevelSpacing spacing = LevelSpacing.of(resolved(spectrum), TRIM);
    if (spacing.count() < FEWEST_RATIOS) {
      return Outcome.notApplicable("needs " + FEWEST_RATIOS + " spacing ratios in the bulk, has " + spacing.count());
    }
    return switch (spacing.mean()) {
      case Estimate.Of<LevelSpacing.Mean>(LevelSpacing.Mean mean) ->
          Outcome.of(mean.value())
              .withError(mean.standardError())
              .with(RATIOS, spacing.count())
              .with("undefined", spacing.undefined());
      case Estimate.NotApplicable<LevelSpacing.Mean>(String reason) -> Outcome.notApplicable(reason);
    };
  }

  private static double[] resolved(Spectrum spectrum) {
    return Arrays.stream(spectrum.singularValues()).filter(value -> value > spectrum.resolution()).toArray();
  }
}
