package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/**
 * σ₁ over the edge rms·(√N + √M) that the largest singular value of independent entries of the same root mean square
 * tends to (Marchenko and Pastur 1967; Geman 1980). At one shape it is a function of the stable rank,
 * 1/(√rank·(1 + √c)) with the rank over M, and so not primary.
 */
final class NormToMarchenkoPasturEdge implements SpectralInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("spectral.norm_mp_ratio").secondary();
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    return Outcome.of(1 / (Math.sqrt(spectrum.moment(1)) * (1 + Math.sqrt(spectrum.aspect()))))
        .with(Outcome.IDENTITY_OF, StableRank.ID);
  }

  @Override
  public boolean ofProducts() {
    return false;
  }
}
