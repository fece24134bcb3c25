package org.scaleinv.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code scaleinv demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Compares the models that come with scaleinv: five sizes of a small language model.",
    footer = {"", "Files go to ./scaleinv-demo unless -o says otherwise."})
final class DemoCommand implements Callable<Integer> {
  /** Set by the launcher: the folder that holds the shipped models. */
  private static final String HOME = "scaleinv.home";

  @Spec
  private CommandSpec spec;
  @Mixin
  private CommonOptions common;
  @Mixin
  private SettingsOptions measuring;
  @Mixin
  private ComparisonOptions comparison;

  @Override
  public Integer call() throws IOException {
    List<String> models = models();
    if (common.output == null) {
      common.output = Path.of("scaleinv-demo");
    }
    new Comparer(common, measuring, comparison, spec).run(models);
    return 0;
  }

  private static List<String> models() throws IOException {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new UsageError("demo needs the shipped models: start it with the launcher \"scaleinv\" of the project's "
          + "folder, or java -D" + HOME + "=FOLDER");
    }
    Path family = Path.of(home, "examples", "kjv");
    if (!Files.isDirectory(family)) {
      throw new UsageError("demo needs the shipped models in " + Escape.visible(family.toString())
          + ", which is no folder");
    }
    try (Stream<Path> models = Files.list(family)) {
      return models.filter(model -> Files.exists(model.resolve("model.safetensors"))).sorted().map(Path::toString)
          .toList();
    }
  }
}
