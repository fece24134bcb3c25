package org.scaleinv.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.scaleinv.error.UsageError;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.model.clouds.TokenFile;
import picocli.CommandLine.Option;

/** Options of the family that measures point clouds. */
final class CloudOptions {
  static final String FAMILY = "topology";

  @Option(
      names = "--dimension",
      defaultValue = "2",
      paramLabel = "K",
      description = "Topology: highest dimension of homology (default: ${DEFAULT-VALUE}). Each further one costs about "
          + "as many times more as a subsample has points.")
  int dimension;

  @Option(
      names = "--points",
      defaultValue = "256",
      paramLabel = "N",
      description = "Topology: points of a subsample at most (default: ${DEFAULT-VALUE}); a smaller cloud gives four "
          + "fifths of its points.")
  int points;

  @Option(
      names = "--subsamples",
      defaultValue = "16",
      paramLabel = "N",
      description = "Topology: subsamples of each cloud, whose spread is the error, and null clouds beside them "
          + "(default: ${DEFAULT-VALUE}).")
  int subsamples;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Topology: a safetensors file with a tensor input_ids or tokens of integers, the tokens whose "
          + "embeddings are a cloud (default: those that the table shows to have occurred in training).")
  Path tokens;

  /** @param seed by which tokens are chosen where the file has many */
  CloudSettings settings(long seed) {
    requireAtLeast("--dimension", 0, dimension);
    requireAtLeast("--points", 1, points);
    requireAtLeast("--subsamples", 1, subsamples);
    List<Integer> given = tokens == null ? null : TokenFile.read(tokens, seed);
    return new CloudSettings(dimension, points, subsamples, given, new TreeMap<>());
  }

  private static void requireAtLeast(String option, int least, int value) {
    if (value < least) {
      throw new UsageError(option + " has to be at least " + least + "; given: " + value);
    }
  }
}
