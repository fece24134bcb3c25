package org.scaleinv.model;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.scaleinv.tensor.Tensor;

/**
 * A model as it lies on disk, with its tensors' roles found.
 *
 * @param name folder's or file's name; a cache snapshot's is "org--name"
 * @param architecture name of the architecture table that fits ("gpt2"), or "unknown"
 * @param parameters counts of elements, with a tied output matrix counted once
 * @param parametersWithoutEmbeddings the same without token, position and type embeddings and output matrix
 * @param width of the residual stream; null when unknown, as are depth and heads
 * @param tensors by name
 * @param matrices the weight matrices, fused tensors split, in the order of layer and role
 * @param circuits of every head whose projections were found
 * @param neurons the hidden units of feed-forward layers, in the order of their matrices
 * @param unplaced tensors that the architecture table gives no role, or that hold no matrix that can be measured,
 *     with the reason
 */
public record Checkpoint(
    String name,
    Path path,
    String architecture,
    long parameters,
    long parametersWithoutEmbeddings,
    Integer width,
    Integer depth,
    Integer heads,
    SortedMap<String, Tensor> tensors,
    List<WeightMatrix> matrices,
    List<HeadCircuit> circuits,
    List<Neurons> neurons,
    List<Unplaced> unplaced) {

  /** A tensor that is listed but not measured, and why. */
  public record Unplaced(String tensor, String reason) {}
}
