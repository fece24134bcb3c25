package org.scaleinv.family;

import java.util.function.DoubleUnaryOperator;

/** The noise-free course of a quantity: its logarithm, by position in the range of ln n from 0 to 1. */
enum SyntheticTruth {
  FLAT("constant", t -> 0),
  /** Changes by exactly the tolerance: the worst case of "conserved". */
  TOLERANCE("+10 %", t -> Math.log(1.1) * t),
  /** n^0.3 over a range of 62 in n. */
  POWER("n^0.3", t -> 0.3 * Math.log(62) * t),
  /** Rises by twice the tolerance and returns. */
  PEAK("+21 % in the middle, back at the end", t -> 2 * Math.log(1.1) * (1 - Math.abs(2 * t - 1))),
  /** Only the largest scale differs, by the tolerance. */
  STEP("+10 % at the largest scale only", t -> t > 0.9 ? Math.log(1.1) : 0),
  /** No power law: of five even scales the largest lies 0.30 above the law of the others, of eight 0.24. */
  CURVED("curved, no power law", t -> 0.96 * t * t),
  /** A ratio at the edge of "equal to the null", and one well beyond it. */
  NULL_EDGE("ratio 1.1", t -> Math.log(1.1)),
  BEYOND("ratio 1.5", t -> Math.log(1.5)),
  /** Well beyond the null, but changing by exactly the tolerance. */
  BEYOND_DRIFTING("ratio 1.5 to 1.65", t -> Math.log(1.5) + Math.log(1.1) * t);

  private final String label;
  private final DoubleUnaryOperator course;

  SyntheticTruth(String label, DoubleUnaryOperator course) {
    this.label = label;
    this.course = course;
  }

  /** Whether it is a course to be judged as conserved or not. */
  boolean asksForVerdict() {
    return compareTo(NULL_EDGE) < 0;
  }

  /** Whether it is a ratio to a null to be judged as trivial or not. */
  boolean asksForNullRelation() {
    return this == FLAT || this == TOLERANCE || !asksForVerdict();
  }

  String label() {
    return label;
  }

  double at(double position) {
    return course.applyAsDouble(position);
  }

  /** Slope in ln n of the straight ones. */
  double slope(double span) {
    return (course.applyAsDouble(1) - course.applyAsDouble(0)) / span;
  }
}
