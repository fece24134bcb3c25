package org.scaleinv.invariant.spectral;

import java.util.Locale;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/**
 * ‖W‖_F² / σ₁², over M (Rudelson and Vershynin 2007). Its detail carries the matrix's raw values: norms, sides, the
 * solver that gave the spectrum and what that solver resolves.
 */
final class StableRank implements SpectralInvariant {
  static final String ID = "spectral.stable_rank";

  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive(ID);
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    return Outcome.of(spectrum.moment(1))
        .with("frobenius_squared", spectrum.frobeniusSquared())
        .with("spectral_norm", spectrum.singularValues()[0])
        .with("long_side", spectrum.longSide())
        .with("size", spectrum.size())
        .with("solver", spectrum.solver().name().toLowerCase(Locale.ROOT))
        .with("resolution", spectrum.resolution());
  }
}
