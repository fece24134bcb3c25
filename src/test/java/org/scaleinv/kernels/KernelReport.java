package org.scaleinv.kernels;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells of every kernel what the compiler gave it and what it has to do at least; {@code scripts/kernel-report} compiles
 * the kernels and starts this from its source, so that there is a report where nothing else was built. Runs in the
 * project's folder.
 *
 * <p>Usage: {@code java KernelReport.java [--json | --write | --check]}. The status is 0; 1 where a kernel that is no
 * preparation spills, a kernel does not fit a chip, or the documentation is not up to date; 2 where there is no report.
 */
final class KernelReport {
  /** Written when the kernels are compiled. */
  static final Path LOG = Path.of("target", "native", "kernels", "resources.txt");

  static final Path PAGE = Path.of("docs", "gpu.md");

  private static final String BEGIN = "<!-- kernel-report: from here by scripts/kernel-report --write -->\n";
  private static final String END = "<!-- kernel-report: to here -->\n";

  private KernelReport() {}

  public static void main(String[] arguments) throws IOException {
    var errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    try {
      System.exit(run(arguments.length == 0 ? "" : arguments[0], errors));
    } catch (BadReport e) {
      errors.println("kernel-report: " + e.getMessage());
      System.exit(2);
    }
  }

  private static int run(String option, PrintStream errors) throws IOException {
    KernelTable table = read();
    int status = 0;
    switch (option) {
      case "" -> print(Markdown.of(table));
      case "--json" -> print(Json.of(table));
      case "--write" -> Files.writeString(PAGE, withSection(Files.readString(PAGE), Markdown.of(table)));
      case "--check" -> {
        if (!section(Files.readString(PAGE)).equals(Markdown.of(table))) {
          errors.println("kernel-report: " + PAGE + " is not up to date; scripts/kernel-report --write makes it so");
          status = 1;
        }
      }
      default -> throw new BadReport("unknown option " + option);
    }
    List<String> faults = table.faults();
    faults.forEach(fault -> errors.println("kernel-report: " + fault));
    return faults.isEmpty() ? status : 1;
  }

  private static void print(String text) {
    System.out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  static KernelTable read() throws IOException {
    return KernelTable.of(CompilerLog.parse(Files.readString(LOG)), CostLines.ofFolder(Path.of("kernels")));
  }

  /** What stands between the marks of a page. */
  static String section(String page) {
    return page.substring(begin(page), page.indexOf(END));
  }

  static String withSection(String page, String section) {
    return page.substring(0, begin(page)) + section + page.substring(page.indexOf(END));
  }

  private static int begin(String page) {
    int begin = page.indexOf(BEGIN);
    if (begin < 0 || page.indexOf(END) < begin) {
      throw new BadReport(PAGE + " has no place for the report: the lines " + BEGIN.strip() + " and " + END.strip());
    }
    return begin + BEGIN.length();
  }
}
