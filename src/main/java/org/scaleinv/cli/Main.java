package org.scaleinv.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;
import org.scaleinv.error.ScaleinvException;
import org.scaleinv.error.UsageError;
import org.scaleinv.run.Outputs;
import org.scaleinv.run.Sizes;
import org.scaleinv.run.Version;
import picocli.CommandLine;

/**
 * Where the program starts, and the one place where failures become messages and exit codes: 0 done, 1 our own bug,
 * 2 usage, 3 bad input, 4 engine, device or disk failed, 130 interrupted.
 */
public final class Main {
  private static final int OWN_BUG = 1;
  private static final int ENGINE = 4;
  private static final int INTERRUPTED = 130;

  private Main() {}

  public static void main(String[] args) {
    AtomicBoolean finished = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(finished)));
    StandardOutput out = new StandardOutput();
    int code = run(args, new PrintStream(out, false, StandardCharsets.UTF_8), System.err);
    finished.set(true);
    if (out.failure() != null) {
      System.err.println("scaleinv: cannot write standard output: " + out.failure());
      code = ENGINE;
    }
    System.exit(code);
  }

  /** The virtual machine ends though the command has not: a signal. Native work in other threads ends with it. */
  private static void interrupted(AtomicBoolean finished) {
    if (!finished.get()) {
      Outputs.abandon();
      System.err.println((TerminalProgress.isTerminal() ? "\n" : "") + "scaleinv: interrupted");
      Runtime.getRuntime().halt(INTERRUPTED);
    }
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
    command.setOut(new PrintWriter(out, false, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.registerConverter(CommonOptions.EngineChoice.class, CommonOptions.EngineChoice::named);
    command.setExpandAtFiles(false);
    command.setParameterExceptionHandler((wrong, ignored) -> usage(wrong.getMessage(), wrong.getCommandLine()));
    command.setExecutionExceptionHandler((failure, failed, ignored) -> report(failure, failed));
    int code;
    try {
      code = command.execute(args);
    } catch (RuntimeException | Error failure) {
      code = report(failure, command);
    }
    command.getOut().flush();
    out.flush();
    return code;
  }

  private static int report(Throwable failure, CommandLine command) {
    PrintWriter err = command.getErr();
    return switch (failure) {
      case UsageError wrong -> usage(wrong.getMessage(), command);
      case ScaleinvException known -> {
        err.println("scaleinv: " + known.getMessage());
        yield known.exitCode();
      }
      case InvalidPathException path -> usage(
          Escape.quoted(path.getInput()) + ": expected a path; one beyond ASCII needs a locale that has it, such as "
              + "C.UTF-8",
          command);
      case OutOfMemoryError full -> {
        String heap = Sizes.bytes(Runtime.getRuntime().maxMemory());
        err.println("scaleinv: out of memory: " + full.getMessage() + "; the heap may take " + heap
            + ", more with JDK_JAVA_OPTIONS=-Xmx16g in the environment; fewer --threads take less");
        yield ENGINE;
      }
      case UnsatisfiedLinkError missing -> {
        err.println("scaleinv: a native library cannot be loaded: " + missing.getMessage());
        yield ENGINE;
      }
      case IOException disk -> disk(disk, err);
      case UncheckedIOException disk -> disk(disk.getCause(), err);
      default -> {
        err.println(
            "scaleinv: this is a bug in scaleinv " + Version.current() + "; please report it with these lines:");
        failure.printStackTrace(err);
        yield OWN_BUG;
      }
    };
  }

  private static int disk(IOException failure, PrintWriter err) {
    err.println("scaleinv: cannot read or write: " + Reason.of(failure));
    return ENGINE;
  }

  private static int usage(String message, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("scaleinv: " + message.lines().findFirst().orElse("") + " (see " + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
