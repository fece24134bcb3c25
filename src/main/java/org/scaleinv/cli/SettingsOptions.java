package org.scaleinv.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.scaleinv.engine.Solver;
import org.scaleinv.error.UsageError;
import org.scaleinv.invariant.InvariantFamilies;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say what is measured and how: all that results depend on besides the models. */
final class SettingsOptions {
  /** One draw of gap or alpha scatters by 70 % at 256x64: the mean of 64 is known to 9 %. */
  private static final int GAUSSIAN_DRAWS = 64;

  private static final int PERMUTED_DRAWS = 8;

  /** Names on the command line in lower case. */
  enum NullChoice {
    gaussian,
    permuted
  }

  enum SolverChoice {
    auto,
    gram,
    qr
  }

  @Option(
      names = {"-f", "--families"},
      split = ",",
      defaultValue = "spectral",
      paramLabel = "FAMILY",
      description = "Families of invariants, with commas between (default: ${DEFAULT-VALUE}).")
  List<String> families;

  @Option(
      names = "--select",
      paramLabel = "REGEX",
      description = "Only parts in whose name the pattern is found.")
  Pattern select;

  @Option(
      names = "--null",
      defaultValue = "gaussian",
      paramLabel = "MODEL",
      description = "Null model that values are read against: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  NullChoice nullModel;

  @Option(names = "--no-null", description = "No null model: values alone, and no word on what is beyond it.")
  boolean noNull;

  @Option(
      names = "--null-draws",
      paramLabel = "N",
      description = "Draws of the null model: for each shape of gaussian (default: " + GAUSSIAN_DRAWS
          + "), for each matrix of permuted, each as costly as the matrix itself (default: " + PERMUTED_DRAWS
          + "). Of clouds no more than there are subsamples.")
  Integer nullDraws;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--solver",
      defaultValue = "auto",
      paramLabel = "NAME",
      description = "How singular values are found: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). gram is fast "
          + "and resolves them down to about 1e-7 of the largest, qr to 1e-16; auto takes qr where gram does not do.")
  SolverChoice solver;

  @Mixin
  private CloudOptions clouds;

  Settings settings() {
    if (nullDraws != null && nullDraws < 1) {
      throw new UsageError("--null-draws has to be at least 1; given: " + nullDraws);
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(families));
    distinct.forEach(InvariantFamilies::named);
    return new Settings(
        distinct,
        select,
        noNull ? NullModel.NONE : NullModel.valueOf(nullModel.name().toUpperCase(Locale.ROOT)),
        noNull ? 0 : draws(),
        seed,
        Solver.valueOf(solver.name().toUpperCase(Locale.ROOT)),
        distinct.contains(CloudOptions.FAMILY) ? clouds.settings(seed) : null);
  }

  private int draws() {
    if (nullDraws != null) {
      return nullDraws;
    }
    return nullModel == NullChoice.gaussian ? GAUSSIAN_DRAWS : PERMUTED_DRAWS;
  }
}
