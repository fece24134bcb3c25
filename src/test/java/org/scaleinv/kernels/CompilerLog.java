package org.scaleinv.kernels;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nvcc said while it compiled the kernels, with {@code --resource-usage}: of every chip, every kernel. The order
 * in which chips and kernels come is by chance and is not kept.
 *
 * @param nvcc its version
 * @param byChip by compute capability (80 is 8.0) and the kernel's name
 */
record CompilerLog(String nvcc, SortedMap<Integer, SortedMap<String, Resources>> byChip) {
  private static final Pattern VERSION = Pattern.compile("nvcc (\\S+)");
  private static final Pattern KERNEL = Pattern.compile("Compiling entry function '(\\w+)' for 'sm_(\\d+)'");
  private static final Pattern STACK =
      Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

  /** @param text the version in a line of its own ("nvcc 13.0.88"), then what nvcc printed */
  static CompilerLog parse(String text) {
    Matcher version = VERSION.matcher(text.lines().findFirst().orElse(""));
    if (!version.matches()) {
      throw new BadReport("the compiler's log does not begin with nvcc's version");
    }
    SortedMap<Integer, SortedMap<String, Resources>> byChip = new TreeMap<>();
    Matcher kernel = KERNEL.matcher(text);
    int from = kernel.find() ? kernel.start() : text.length();
    while (from < text.length()) {
      String name = kernel.group(1);
      int chip = Integer.parseInt(kernel.group(2));
      int end = kernel.find() ? kernel.start() : text.length();
      byChip.computeIfAbsent(chip, key -> new TreeMap<>()).put(name, resources(name, text.substring(from, end)));
      from = end;
    }
    return new CompilerLog(version.group(1), byChip);
  }

  /** A function that a kernel calls has a line of its own in the kernel's section: spills are added up. */
  private static Resources resources(String kernel, String section) {
    Matcher registers = REGISTERS.matcher(section);
    Matcher stack = STACK.matcher(section);
    if (!registers.find() || !stack.find()) {
      throw new BadReport("the compiler's log does not tell the registers and the stack of " + kernel);
    }
    int frame = 0;
    int stores = 0;
    int loads = 0;
    do {
      frame += number(stack, 1);
      stores += number(stack, 2);
      loads += number(stack, 3);
    } while (stack.find());
    Matcher shared = SHARED.matcher(section);
    return new Resources(number(registers, 1), stores, loads, frame, shared.find() ? number(shared, 1) : 0);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
