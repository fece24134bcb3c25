package org.scaleinv.engine;

/** How far apart two points x, y of d coordinates are. */
public enum Metric {
  /** √Σ(xᵢ − yᵢ)². */
  EUCLIDEAN,
  /** Σ(xᵢ − yᵢ)². */
  SQUARED_EUCLIDEAN,
  /** 1 − x·y / (‖x‖‖y‖), in [0, 2]; NaN where a point is zero. */
  COSINE,
  /** Σ|xᵢ − yᵢ|. */
  MANHATTAN,
  /** max|xᵢ − yᵢ|. */
  CHEBYSHEV,
  /** The cosine distance of the points less the mean of their own coordinates; NaN where a point is constant. */
  CORRELATION
}
