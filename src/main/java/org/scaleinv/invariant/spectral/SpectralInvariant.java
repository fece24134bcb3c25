package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/** One invariant of a spectrum. Stateless, safe for use by several threads at once. */
interface SpectralInvariant {
  InvariantInfo info();

  /** The invariant of a spectrum that has at least one value above zero. */
  Outcome of(Spectrum spectrum);

  /** The same value on a draw of the null model, where the detail of {@link #of} is not needed. */
  default Outcome ofNull(Spectrum draw) {
    return of(draw);
  }

  /** Whether it means something for a product of matrices too. */
  default boolean ofProducts() {
    return true;
  }
}
