package org.scaleinv.acceptance;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What is to be accepted, and where the report goes.
 *
 * @param engine "cuda" or "cuda-emulated"
 * @param device its number
 * @param quick one contract and one group of timings only, to see that the way works
 */
record Options(String engine, int device, Path output, boolean quick) {
  static final String USAGE =
      "usage: scripts/gpu-acceptance [--engine cuda|cuda-emulated] [--device N] [-o DIR] [--quick]";

  /** @throws IllegalArgumentException with {@link #USAGE} */
  static Options of(String... line) {
    String[] arguments =
        Stream.of(line)
            .flatMap(word -> word.startsWith("--") ? Stream.of(word.split("=", 2)) : Stream.of(word))
            .toArray(String[]::new);
    String engine = "cuda";
    int device = 0;
    Path output = Path.of("gpu-acceptance");
    boolean quick = false;
    try {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--engine" -> engine = arguments[++i];
          case "--device" -> device = Integer.parseInt(arguments[++i]);
          case "-o" -> output = Path.of(arguments[++i]);
          case "--quick" -> quick = true;
          default -> throw new IllegalArgumentException(arguments[i]);
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(USAGE, wrong);
    }
    if (!engine.equals("cuda") && !engine.equals("cuda-emulated") || device < 0) {
      throw new IllegalArgumentException(USAGE);
    }
    return new Options(engine, device, output, quick);
  }

  boolean emulated() {
    return engine.equals("cuda-emulated");
  }
}
