package org.scaleinv.engine;

/**
 * The singular values of a matrix or of a product of two.
 *
 * @param values descending; as many as the short side (for a product: as the inner dimension)
 * @param rows of the matrix; of the outer sides for a product
 * @param solver the one that gave the values: GRAM or QR, never AUTO
 * @param resolution values at or below it are rounding noise
 */
public record SingularSpectrum(double[] values, long rows, long columns, Solver solver, double resolution) {}
