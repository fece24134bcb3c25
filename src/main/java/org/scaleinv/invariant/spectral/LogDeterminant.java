package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/**
 * (1/M) Σ ln(λ/λ̄), in nats: at most 0, and 0 only where all eigenvalues are equal. Not applicable where a singular
 * value lies at or below what the solver resolves, since its logarithm would be that of rounding noise.
 */
final class LogDeterminant implements SpectralInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.signed("spectral.log_det", 1);
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    double smallest = spectrum.singularValues()[spectrum.size() - 1];
    if (!(smallest > spectrum.resolution())) {
      return Outcome.notApplicable(
          "smallest singular value " + smallest + " is not above the resolution " + spectrum.resolution()
              + " of the solver");
    }
    double largest = spectrum.singularValues()[0];
    double sum = 0;
    for (double sigma : spectrum.singularValues()) {
      sum += 2 * Math.log(sigma / largest);
    }
    return Outcome.of(sum / spectrum.size() - Math.log(spectrum.moment(1)));
  }
}
