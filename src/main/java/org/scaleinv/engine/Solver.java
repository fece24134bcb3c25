package org.scaleinv.engine;

/** How the singular values of a matrix are found. */
public enum Solver {
  /** Eigenvalues of the Gram matrix of the short side: fast; values below √ε·σ₁ lose their digits. */
  GRAM,
  /** Singular values of the triangle of a QR decomposition: several times slower; full digits relative to σ₁. */
  QR,
  /** GRAM, then QR where the smallest values turn out to lie below what GRAM resolves. */
  AUTO
}
