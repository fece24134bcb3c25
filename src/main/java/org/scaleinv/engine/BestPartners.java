package org.scaleinv.engine;

/**
 * With which other variable each has its largest correlation, in sign and not in magnitude.
 *
 * @param partners (N), of equal correlations the smallest index; −1 where there is none, as the variable or all others
 *     have no correlation or do not take part
 * @param correlations (N), as in {@link Correlation#matrix}; NaN where there is no partner
 */
public record BestPartners(int[] partners, float[] correlations) {}
