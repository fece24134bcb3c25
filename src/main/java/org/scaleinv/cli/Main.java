package org.scaleinv.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.ScaleinvException;
import org.scaleinv.error.UsageError;
import org.scaleinv.run.Version;
import picocli.CommandLine;

/** Where the program starts, and the one place where failures become messages and exit codes. */
public final class Main {
  private static final int OWN_BUG = 1;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs one command line.
   *
   * @param out takes the result and nothing else
   * @param err takes progress, notes and errors
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    CommandLine command = new CommandLine(new RootCommand());
    command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    command.setParameterExceptionHandler((wrong, ignored) -> usage(wrong.getMessage(), wrong.getCommandLine()));
    command.setExecutionExceptionHandler((failure, failed, ignored) -> report(failure, failed));
    int code = command.execute(args);
    command.getOut().flush();
    return code;
  }

  private static int report(Throwable failure, CommandLine command) {
    return switch (failure) {
      case UsageError wrong -> usage(wrong.getMessage(), command);
      case ScaleinvException known -> {
        command.getErr().println("scaleinv: " + known.getMessage());
        yield known.exitCode();
      }
      default -> {
        command.getErr().println("scaleinv: this is a bug in scaleinv " + Version.CURRENT + ", please report it with:");
        failure.printStackTrace(command.getErr());
        yield OWN_BUG;
      }
    };
  }

  private static int usage(String message, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("scaleinv: " + message.lines().findFirst().orElse("") + " (see " + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
