package org.scaleinv.engine.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What parameters the kernels of the emulated driver have. A driver takes the addresses of a launch's arguments and
 * cannot tell whether their number and width are right: here they are compared.
 */
final class EmulatedKernels {
  private static final long LONGEST_LISTING = 1 << 16;

  private EmulatedKernels() {}

  /** The bytes of each parameter, by the kernel's name. The emulated driver must be loaded. */
  @SuppressWarnings("restricted")
  static Map<String, List<Integer>> parameters() {
    SymbolLookup driver = SymbolLookup.libraryLookup(JCudaLibraries.DRIVER, Arena.global());
    var listing = Linker.nativeLinker()
        .downcallHandle(driver.findOrThrow("emulator_kernels"), FunctionDescriptor.of(ValueLayout.ADDRESS));
    Map<String, List<Integer>> parameters = new TreeMap<>();
    try {
      String text = ((MemorySegment) listing.invokeExact()).reinterpret(LONGEST_LISTING).getString(0);
      for (String line : text.lines().toList()) {
        String[] words = line.split(" ");
        parameters.put(words[0], Arrays.stream(words).skip(1).map(Integer::valueOf).toList());
      }
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
    return parameters;
  }

  /** @throws IllegalArgumentException when a launch's arguments do not meet the kernel's parameters */
  static void requireFit(String kernel, List<Integer> parameters, Object[] arguments) {
    List<Integer> given = Arrays.stream(arguments).map(EmulatedKernels::width).toList();
    if (parameters != null && !given.equals(parameters)) {
      throw new IllegalArgumentException(
          "kernel " + kernel + " has parameters of " + parameters + " bytes, launched with " + given);
    }
  }

  private static Integer width(Object argument) {
    return switch (argument) {
      case Integer i -> Integer.BYTES;
      case Float f -> Float.BYTES;
      case Long l -> Long.BYTES;
      case Double d -> Double.BYTES;
      default -> throw new IllegalArgumentException("a kernel takes no " + argument.getClass().getName());
    };
  }
}
