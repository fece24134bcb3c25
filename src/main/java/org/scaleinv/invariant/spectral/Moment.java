package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;

/**
 * (M_k / M₁ᵏ)^(1/(k−1)) with M_k the mean of λᵏ: the root keeps one large eigenvalue from ruling the higher orders.
 *
 * <p>Detail of a matrix: the same form of Narayana's polynomial, the limit for independent entries at this aspect
 * c = M/N (Bai and Silverstein 2010, lemma 3.1). The second moment is the participation ratio inverted.
 */
record Moment(int order) implements SpectralInvariant {
  @Override
  public InvariantInfo info() {
    InvariantInfo info = InvariantInfo.positive("spectral.moment_" + order);
    return order == 2 ? info.secondary() : info;
  }

  @Override
  public Outcome of(Spectrum spectrum) {
    double mean = spectrum.moment(1);
    Outcome outcome = Outcome.of(root(spectrum.moment(order) / Math.pow(mean, order)));
    if (!spectrum.isProduct()) {
      outcome = outcome.with("narayana", root(narayana(order, spectrum.aspect())));
    }
    return order == 2 ? outcome.with("identity_of", ParticipationRatio.ID) : outcome;
  }

  private double root(double moment) {
    return Math.pow(moment, 1.0 / (order - 1));
  }

  /** Σ_{r<k} C(k, r)·C(k−1, r)/(r+1)·cʳ: the k-th moment of the Marchenko–Pastur law of mean 1. */
  static double narayana(int k, double c) {
    double sum = 0;
    double term = 1;
    for (int r = 0; r < k; r++) {
      sum += term;
      term *= c * (k - r) * (k - 1 - r) / ((r + 1.0) * (r + 2.0));
    }
    return sum;
  }
}
