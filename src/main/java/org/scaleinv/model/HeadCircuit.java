package org.scaleinv.model;

import org.scaleinv.tensor.Matrix;

/**
 * A head's bilinear form on the residual stream, left·rightᵀ, given by its two factors: only the product is a property
 * of the model (Elhage et al. 2021).
 *
 * <p>OV: left = W_V (d_model, d_head), rightᵀ = W_O (d_head, d_model). QK: left = W_Q, rightᵀ = W_Kᵀ. Biases, norms'
 * gains and rotary phases are left out.
 *
 * @param subject "h.3.head.5.ov"
 * @param role "attention.ov" or "attention.qk"
 */
public record HeadCircuit(String subject, String role, int layer, int head, Factor left, Factor right) {

  /**
   * One factor, (d_model, d_head) as a matrix of the product.
   *
   * @param transposed whether it is stored as (d_head, d_model)
   */
  public record Factor(Matrix matrix, boolean transposed) {
    public long outer() {
      return transposed ? matrix.columns() : matrix.rows();
    }

    public long inner() {
      return transposed ? matrix.rows() : matrix.columns();
    }
  }
}
