package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.BulkFit;
import org.scaleinv.statistics.Estimate;

/**
 * Eigenvalues beyond the edge of the Marchenko–Pastur bulk, by the Tracy–Widom scale of its fluctuations, over M. A
 * spike of strength θ in W = θuvᵀ + noise comes out above θ = c^(1/4), in units where the noise's σ₁ tends to 1 + √c
 * (Baik, Ben Arous and Péché 2005; Benaych-Georges and Nadakuditi 2012).
 */
final class BulkSpikes implements SpectralInvariant {
  /** A change by a tenth of the spectrum counts as one of 100 %: there may be no spike to take a ratio to. */
  private static final double UNIT = 0.1;

  @Override
  public InvariantInfo info() {
    return InvariantInfo.signed("spectral.mp_spikes", UNIT);
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    return switch (BulkFit.of(spectrum.eigenvalues(), spectrum.longSide())) {
      case Estimate.Of<BulkFit>(BulkFit fit) ->
          Outcome.of((double) fit.spikes() / spectrum.size())
              .with("count", fit.spikes())
              .with("threshold", spectrum.singularValues()[0] * Math.sqrt(fit.threshold()));
      case Estimate.NotApplicable<BulkFit>(String reason) -> Outcome.notApplicable(reason);
    };
  }

  @Override
  public boolean ofProducts() {
    return false;
  }
}
