package org.scaleinv.family;

/**
 * How far the persistence diagrams of one cloud in two models lie apart, in units of each cloud's median distance.
 *
 * @param cloud the subject of its measurements
 * @param first the smaller of the two models
 * @param firstBars of this dimension in the first model
 * @param bottleneck infinite where the essential classes differ in number
 * @param wasserstein of degree 2; null for more bars than are matched exactly
 * @param nullBottleneck between null clouds of the two models, drawn apart; null without nulls
 */
public record DiagramDistance(
    String cloud,
    String role,
    int dimension,
    String first,
    String second,
    int firstBars,
    int secondBars,
    double bottleneck,
    Double wasserstein,
    Double nullBottleneck,
    Double nullWasserstein) {}
