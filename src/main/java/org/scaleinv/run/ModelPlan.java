package org.scaleinv.run;

import java.util.Comparator;
import java.util.List;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.InvariantFamilies;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Checkpoints;
import org.scaleinv.model.OpenCheckpoint;
import org.scaleinv.tensor.Tensor;

/**
 * What measuring a model takes, known from its header alone.
 *
 * @param location as the user gave it
 * @param model without its digest
 * @param parts how many matrices and circuits are measured
 * @param flops of all parts
 * @param bytesRead size of all tensors
 * @param partBytes expected memory of each part, descending
 */
public record ModelPlan(
    String location, ModelSummary model, int parts, double flops, long bytesRead, List<Long> partBytes) {

  /** Measured on one AVX-512 core: 1.5 GB/s of SHA-256 beside 13.5 GFLOP/s of Gram matrices with their eigenvalues. */
  private static final double FLOPS_PER_HASHED_BYTE = 9;

  /**
   * @throws org.scaleinv.error.BadInput when the model cannot be opened
   * @throws UsageError when the settings select nothing of it
   */
  public static ModelPlan of(String location, Settings settings) {
    try (OpenCheckpoint open = Checkpoints.open(location)) {
      Checkpoint model = open.checkpoint();
      List<Work> parts = settings.families().stream()
          .flatMap(id -> InvariantFamilies.named(id).work(model, settings).stream())
          .toList();
      if (parts.isEmpty() && settings.select() != null) {
        throw new UsageError("no part of " + Escape.quoted(model.name()) + " has a name in which "
            + Escape.quoted(settings.select().pattern()) + " is found");
      }
      return new ModelPlan(
          location,
          Summaries.of(model, model.path().toString(), null),
          parts.size(),
          parts.stream().mapToDouble(Work::flops).sum(),
          bytes(model),
          parts.stream().map(Work::bytes).sorted(Comparator.reverseOrder()).toList());
    }
  }

  public String name() {
    return model.name();
  }

  /** Cost of all jobs in floating-point operations, the digest's included. */
  public double cost() {
    return flops + hashingCost(bytesRead);
  }

  static double hashingCost(long bytes) {
    return bytes * FLOPS_PER_HASHED_BYTE;
  }

  static long bytes(Checkpoint model) {
    return model.tensors().values().stream().mapToLong(Tensor::byteSize).sum();
  }

  /** Memory in bytes of as many parts at once as there are threads, the largest. */
  public long peakBytes(int threads) {
    return partBytes.stream().limit(threads).mapToLong(Long::longValue).sum();
  }
}
