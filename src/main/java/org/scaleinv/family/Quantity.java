package org.scaleinv.family;

import org.scaleinv.invariant.InvariantCatalog;

/**
 * How an invariant's values are compared.
 *
 * @param positive compared by logarithms, so that the tolerance is a relative change
 * @param unit of the others: they are divided by it, and the tolerance is a difference in this unit
 * @param primary false for a function of other invariants: described, but not tested
 */
record Quantity(boolean positive, double unit, boolean primary) {

  /** An invariant that no family of this version measures is described by logarithms and not tested. */
  static Quantity of(String invariant) {
    return InvariantCatalog.of(invariant)
        .map(info -> new Quantity(info.positive(), info.unit(), info.primary()))
        .orElse(new Quantity(true, 1, false));
  }

  /** What is fitted; NaN where the value has no logarithm. */
  double transform(double value) {
    return positive ? (value > 0 ? Math.log(value) : Double.NaN) : value / unit;
  }

  /** ln(value / null), or their difference in units where a ratio means nothing. */
  double againstNull(double value, double nullValue) {
    return transform(value) - transform(nullValue);
  }

  /** The largest change of a transformed value that counts as none. */
  double bound(double tolerance) {
    return positive ? Math.log1p(tolerance) : tolerance;
  }

  double tolerance(double bound) {
    return positive ? Math.expm1(bound) : bound;
  }

  /** A slope or a deviation of transformed values in the terms of the exponent: raw units for signed invariants. */
  double exponent(double slope) {
    return positive ? slope : slope * unit;
  }

  /** Standard deviation of a transformed value as one of the value. */
  double deviation(double value, double transformed) {
    return positive ? value * transformed : transformed * unit;
  }
}
