package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Checkpoints;
import org.scaleinv.model.OpenCheckpoint;
import org.scaleinv.report.InspectionFiles;
import org.scaleinv.report.InspectionTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scaleinv inspect}: what a model holds, without measuring it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Lists a model's tensors with their roles, its parameters, and what could not be placed.")
final class InspectCommand implements Callable<Integer> {
  /** Forms of the result; picocli shows and reads the names as they stand. */
  enum Format {
    table,
    json,
    csv
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "A safetensors file, a model's folder, or hf:org/name[@revision] in the local Hugging Face cache.")
  private String model;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (OpenCheckpoint opened = Checkpoints.open(model)) {
      opened.warnings().forEach(warning -> err.println("scaleinv: warning: " + warning));
      out.print(text(opened.checkpoint(), opened.warnings()));
      out.flush();
    }
    return 0;
  }

  private String text(Checkpoint checkpoint, List<String> warnings) {
    return switch (format) {
      case table -> InspectionTable.of(checkpoint);
      case csv -> InspectionFiles.csv(checkpoint);
      case json -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
          InspectionFiles.json(checkpoint, warnings, bytes);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        yield bytes.toString(StandardCharsets.UTF_8);
      }
    };
  }
}
