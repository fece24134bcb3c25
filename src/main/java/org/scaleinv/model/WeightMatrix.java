package org.scaleinv.model;

import org.scaleinv.tensor.Matrix;

/**
 * One weight matrix with its place in the model.
 *
 * @param subject the tensor's name, with the part of a fused or stacked one in brackets: "h.0.attn.c_attn.weight[q]"
 * @param role "attention.q", "attention.o", "mlp.in", "embedding.token", …, or "matrix" when unknown
 * @param layer null where it belongs to none
 */
public record WeightMatrix(String subject, String role, Integer layer, Matrix matrix) {}
