package org.scaleinv.cli;

import org.scaleinv.run.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scaleinv} itself: only its subcommands do something. */
@Command(
    name = "scaleinv",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.ProgramVersion.class,
    subcommands = {DemoCommand.class, InspectCommand.class, MeasureCommand.class, CompareCommand.class,
      HomologyCommand.class, EnginesCommand.class, BenchCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures invariants of neural networks and tests whether they survive a change of scale.")
final class RootCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** What {@code --version} prints. */
  static final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"scaleinv " + Version.current()};
    }
  }
}
