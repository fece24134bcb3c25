package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.scaleinv.cli.CommonOptions.Format;
import org.scaleinv.model.Checkpoints;
import org.scaleinv.model.OpenCheckpoint;
import org.scaleinv.report.InspectionFiles;
import org.scaleinv.report.InspectionTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scaleinv inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Lists a model's tensors and their roles, its parameters, and what could not be placed.",
    footer = {
      "",
      "MODEL is a safetensors file, a folder with model.safetensors or",
      "model.safetensors.index.json, or hf:ORG/NAME[@REVISION] in the local cache.",
      "Only headers and config.json are read, so that large models are listed at once."
    })
final class InspectCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The model to list.")
  private String model;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "What standard output gets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(names = "--quiet", description = "No notes on standard error, only errors.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    try (OpenCheckpoint opened = Checkpoints.open(model)) {
      if (!quiet) {
        opened.warnings().forEach(warning -> spec.commandLine().getErr().println("scaleinv: warning: " + warning));
      }
      spec.commandLine().getOut().print(text(opened));
      return 0;
    }
  }

  private String text(OpenCheckpoint opened) throws IOException {
    return switch (format) {
      case table -> InspectionTable.of(opened.checkpoint());
      case csv -> InspectionFiles.csv(opened.checkpoint());
      case json -> {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        InspectionFiles.json(opened.checkpoint(), opened.warnings(), text);
        yield text.toString(StandardCharsets.UTF_8);
      }
    };
  }
}
