package org.scaleinv.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs command lines one after the other and tells nobody what they print: a process for the start-up cache, which takes
 * the classes of one process and has to hold those of several commands.
 */
public final class Rehearsal {
  private static final String BETWEEN = "+";

  private Rehearsal() {}

  /** @param args command lines with "+" between; one that fails ends the process with its code */
  public static void main(String[] args) {
    List<String> line = new ArrayList<>();
    for (String arg : args) {
      if (arg.equals(BETWEEN)) {
        run(line);
        line.clear();
      } else {
        line.add(arg);
      }
    }
    run(line);
    // as a command ends: what that loads is kept, too
    System.exit(0);
  }

  private static void run(List<String> line) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int code = Main.run(line.toArray(String[]::new), nowhere, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }
}
