package org.scaleinv.invariant.spectral;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.Estimate;
import org.scaleinv.statistics.PowerLawFit;
import org.scaleinv.statistics.TailComparison;
import org.scaleinv.statistics.TailShape;
import org.scaleinv.statistics.TailVerdict;

/**
 * Exponent α of the tail p(λ) ~ λ^(−α) of the eigenvalues, by maximum likelihood with the start of the tail at the
 * smallest Kolmogorov–Smirnov distance (Clauset, Shalizi and Newman 2009; on weight matrices Martin and Mahoney 2021).
 *
 * <p>Eigenvalues below 1e-8 of the largest take no part: a relative cut, so that α is free of scale. Detail: α̂ =
 * α·log₁₀ λ₁ with λ₁ = σ₁²/N, the start of the tail {@code x_min} in the same λ, and what the tail may be called
 * beside log-normal, exponential and truncated laws, which {@link #ofNull} leaves out.
 */
final class PowerLawExponent implements SpectralInvariant {
  /** √ of what double precision resolves of a Gram matrix, far below any tail met in trained weights. */
  static final double RELATIVE_CUT = 1e-8;

  /** Fewest eigenvalues above the cut. */
  static final int FEWEST = 8;

  /** Every eigenvalue but the largest may start the tail. */
  private static final int SHORTEST_TAIL = 2;

  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("spectral.alpha");
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    return fit(spectrum, true);
  }

  @Override
  public Outcome ofNull(Spectrum draw) {
    return fit(draw, false);
  }

  private static Outcome fit(Spectrum spectrum, boolean withDetail) {
    return switch (PowerLawFit.of(spectrum.eigenvalues(), RELATIVE_CUT, SHORTEST_TAIL)) {
      case Estimate.NotApplicable<PowerLawFit>(String reason) -> Outcome.notApplicable(reason);
      case Estimate.Of<PowerLawFit>(PowerLawFit fit) when spectrum.size() - fit.dropped() < FEWEST ->
          Outcome.notApplicable("needs " + FEWEST + " eigenvalues above the cut, has "
              + (spectrum.size() - fit.dropped()));
      case Estimate.Of<PowerLawFit>(PowerLawFit fit) -> {
        Outcome outcome = Outcome.of(fit.alpha()).withError(fit.standardError());
        yield withDetail ? detailed(outcome, fit, spectrum) : outcome;
      }
    };
  }

  private static Outcome detailed(Outcome outcome, PowerLawFit fit, Spectrum spectrum) {
    double largest = spectrum.largestEigenvalue();
    Outcome detailed = outcome
        .with("alpha_hat", fit.alpha() * Math.log10(largest))
        .with("x_min", fit.xMin() * largest)
        .with("ks", fit.ks())
        .with("tail_count", fit.tailCount())
        .with("dropped", fit.dropped());
    return switch (TailComparison.of(spectrum.eigenvalues(), fit)) {
      case Estimate.NotApplicable<TailComparison>(String reason) -> detailed.with("tail", reason);
      case Estimate.Of<TailComparison>(TailComparison comparison) -> {
        SortedMap<String, Object> alternatives = new TreeMap<>();
        comparison.verdicts().forEach(verdict -> alternatives.put(label(verdict.alternative()), facts(verdict)));
        yield detailed
            .with("tail", label(comparison.shape()))
            .with("bend", comparison.bend())
            .with("bend_limit", comparison.bendLimit())
            .with("alternatives", alternatives);
      }
    };
  }

  private static SortedMap<String, Object> facts(TailVerdict verdict) {
    return new TreeMap<>(Map.of(
        "log_likelihood_ratio", verdict.ratio(),
        "vuong", verdict.normalised(),
        "vuong_p", verdict.vuongP(),
        "p", verdict.p()));
  }

  private static String label(TailShape shape) {
    return shape.name().toLowerCase(Locale.ROOT);
  }
}
