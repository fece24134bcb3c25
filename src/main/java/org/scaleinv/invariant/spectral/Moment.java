package org.scaleinv.invariant.spectral;

import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Outcome;
import org.scaleinv.statistics.MarchenkoPastur;

/**
 * (M_k / M₁ᵏ)^(1/(k−1)) with M_k the mean of λᵏ: the root keeps one large eigenvalue from ruling the higher orders.
 *
 * <p>Detail of a matrix: the same form of Narayana's polynomial, the limit for independent entries at this aspect
 * c = M/N. The second moment is the participation ratio inverted.
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
      outcome = outcome.with("narayana", root(new MarchenkoPastur(spectrum.aspect(), 1).moment(order)));
    }
    return order == 2 ? outcome.with(Outcome.IDENTITY_OF, ParticipationRatio.ID) : outcome;
  }

  private double root(double moment) {
    return Math.pow(moment, 1.0 / (order - 1));
  }
}
