package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/** (Σλ)² / Σλ², over M: the fraction of directions that take part. It is 1 / {@code moment_2}. */
final class ParticipationRatio implements SpectralInvariant {
  static final String ID = "spectral.participation_ratio";

  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive(ID);
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    double mean = spectrum.moment(1);
    return Outcome.of(mean * mean / spectrum.moment(2));
  }
}
