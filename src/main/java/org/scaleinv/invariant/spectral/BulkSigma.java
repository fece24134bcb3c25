package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.BulkFit;
import org.scaleinv.statistics.Estimate;

/**
 * Standard deviation of the entries that make the Marchenko–Pastur bulk, over the root mean square of all entries.
 * Detail: that deviation itself.
 */
final class BulkSigma implements SpectralInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("spectral.mp_sigma");
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    return switch (BulkFit.of(spectrum.eigenvalues(), spectrum.longSide())) {
      case Estimate.Of<BulkFit>(BulkFit fit) ->
          Outcome.of(fit.sigma() / Math.sqrt(spectrum.moment(1)))
              .with("sigma", fit.sigma() * Math.sqrt(spectrum.largestEigenvalue()))
              .with("rounds", fit.rounds());
      case Estimate.NotApplicable<BulkFit>(String reason) -> Outcome.notApplicable(reason);
    };
  }

  @Override
  public boolean ofProducts() {
    return false;
  }
}
