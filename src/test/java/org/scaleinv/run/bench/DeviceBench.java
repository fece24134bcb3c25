package org.scaleinv.run.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.scaleinv.engine.Engine;
import org.scaleinv.report.BenchFiles;
import org.scaleinv.run.Engines;
import org.scaleinv.run.Progress;

/**
 * Runs operations of {@link DeviceSuite} on a device, each answer checked: {@code ENGINE DEVICE time GROUP} times them and
 * prints {@code scaleinv.bench/1}, {@code ENGINE DEVICE once} runs each once, small.
 */
public final class DeviceBench {
  private static final int RUNS = 5;

  private DeviceBench() {}

  /** What stands before the first dot in the names of operations: what {@code time} takes. */
  public static List<String> groups() {
    return DeviceSuite.groups().toList();
  }

  public static void main(String[] arguments) throws IOException {
    try (Engine engine = Engines.open(arguments[0], Integer.valueOf(arguments[1]), System.err::println)) {
      boolean emulated = engine.name().equals("cuda-emulated");
      if (arguments[2].equals("once")) {
        Stream<Operation> ceilings = Stream.of(CeilingOperations.copy(1 << 16));
        Stream.concat(ceilings, DeviceSuite.of(true).operations().stream())
            .forEach(operation -> once(operation, engine));
      } else {
        Suite suite = DeviceSuite.of(emulated).select(List.of(arguments[3]));
        BenchFiles.json(new Bench(engine, 1, emulated ? 1 : RUNS, 0, true, Progress.NONE).run(suite), System.out);
      }
    }
  }

  static void once(Operation operation, Engine engine) {
    try (Trial trial = operation.on(engine, 1)) {
      trial.prepare();
      trial.run();
      trial.check();
    }
  }
}
