package org.scaleinv.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.scaleinv.report.EnginesForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scaleinv engines}. */
@Command(
    name = "engines",
    mixinStandardHelpOptions = true,
    description = "Tells what can compute here, and why the rest cannot.")
final class EnginesCommand implements Callable<Integer> {
  enum Format {
    table,
    json
  }

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "What standard output gets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() throws IOException {
    EnginesForm found = EnginesForm.look(Runtime.getRuntime().availableProcessors());
    switch (format) {
      case table -> spec.commandLine().getOut().print(found.table());
      case json -> {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        found.json(text);
        spec.commandLine().getOut().print(text.toString(StandardCharsets.UTF_8));
      }
    }
    return 0;
  }
}
