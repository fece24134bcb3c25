package org.scaleinv.cli;

import org.scaleinv.error.UsageError;
import picocli.CommandLine.Option;

/** Options that say when a change counts. */
final class ComparisonOptions {
  @Option(
      names = "--tolerance",
      defaultValue = "0.1",
      paramLabel = "X",
      description = "Relative change that still counts as none (default: ${DEFAULT-VALUE}).")
  double tolerance;

  @Option(
      names = "--level",
      defaultValue = "0.05",
      paramLabel = "P",
      description = "Level of every test (default: ${DEFAULT-VALUE}).")
  double level;

  /** Says what is out of range before hours are spent on measuring. */
  void check() {
    if (!(tolerance > 0 && Double.isFinite(tolerance))) {
      throw new UsageError("--tolerance has to be greater than 0; given: " + tolerance);
    }
    if (!(level > 0 && level < 0.5)) {
      throw new UsageError("--level has to lie between 0 and 0.5; given: " + level);
    }
  }
}
