package org.scaleinv.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that every command with work to do has. */
final class CommonOptions {
  enum EngineChoice {
    AUTO,
    CPU,
    CUDA,
    CUDA_EMULATED;

    /** @throws TypeConversionException when there is none of that name */
    static EngineChoice named(String name) {
      for (EngineChoice choice : values()) {
        if (choice.toString().equalsIgnoreCase(name)) {
          return choice;
        }
      }
      throw new TypeConversionException("expected auto, cpu, cuda or cuda-emulated, but was " + Escape.quoted(name));
    }

    /** The engine's name, which is also that on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  enum Format {
    table,
    json,
    csv
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder for the files with all results; made where it does not exist.")
  Path output;

  @Option(
      names = "--engine",
      defaultValue = "auto",
      paramLabel = "NAME",
      description = "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). auto is cuda where a device "
          + "can be used, else cpu; \"scaleinv engines\" tells what there is.")
  EngineChoice engine;

  @Option(
      names = "--device",
      paramLabel = "N",
      description = "Which CUDA device computes, from 0 (default: the first that can be used).")
  Integer device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute (default: all that this process may use). Changes no result.")
  Integer threads;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "What standard output gets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). json and csv are "
          + "what the files hold.")
  Format format;

  @Option(names = "--quiet", description = "No progress and no notes on standard error, only errors.")
  boolean quiet;

  @Option(names = "--dry-run", description = "Say what time and memory the work would take, and do none of it.")
  boolean dryRun;

  /** The number of threads to compute with. */
  int threads() {
    return threads(threads);
  }

  /** The number of threads that an option asks for; all that there are for none. */
  static int threads(Integer threads) {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (threads < 1) {
      throw new UsageError("--threads has to be at least 1; given: " + threads);
    }
    return threads;
  }
}
