package org.scaleinv.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scaleinv compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Tests which invariants are conserved over a family of models, small to large.",
    footer = {
      "",
      "A PROFILE is a profile.json, or a folder that holds one and no model. Models are",
      "measured first; with -o DIR their profiles lie in DIR/NAME and are used again.",
      "Models whose tensors have equal names and shapes are seeds of one scale: the",
      "spread between them is the error of every value."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;
  @Mixin
  private CommonOptions common;
  @Mixin
  private SettingsOptions measuring;
  @Mixin
  private ComparisonOptions comparison;

  @Parameters(paramLabel = "MODEL|PROFILE", arity = "1..*", description = "What to compare, in any order.")
  private List<String> locations;

  @Override
  public Integer call() throws IOException {
    new Comparer(common, measuring, comparison, spec).run(locations);
    return 0;
  }
}
