package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/**
 * (λ₁ − λ₂)/λ₁ · M^(2/3): at the edge of random matrices the gap shrinks as M^(−2/3) (Tracy and Widom 1994), so that
 * this form stays.
 */
final class Gap implements SpectralInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("spectral.gap");
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    if (spectrum.size() < 2) {
      return Outcome.notApplicable("needs 2 singular values, has 1");
    }
    double relative = 1 - spectrum.eigenvalues()[1];
    return Outcome.of(relative * Math.pow(spectrum.size(), 2.0 / 3)).with("relative", relative);
  }
}
