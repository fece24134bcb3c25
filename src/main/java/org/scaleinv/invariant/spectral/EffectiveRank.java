package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;

/** exp of the Shannon entropy of σ/Σσ, over M (Roy and Vetterli 2007). */
final class EffectiveRank implements SpectralInvariant {
  @Override
  public InvariantInfo info() {
    return InvariantInfo.positive("spectral.effective_rank");
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    double sum = 0;
    for (double sigma : spectrum.singularValues()) {
      sum += sigma;
    }
    double entropy = 0;
    for (double sigma : spectrum.singularValues()) {
      double p = sigma / sum;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    return Outcome.of(Math.exp(entropy) / spectrum.size());
  }
}
