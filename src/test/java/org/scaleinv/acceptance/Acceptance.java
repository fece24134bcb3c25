package org.scaleinv.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.scaleinv.acceptance.Part.Outcome;
import org.scaleinv.acceptance.Part.Status;
import org.scaleinv.acceptance.Part.Work;
import org.scaleinv.engine.cuda.KernelListing;
import org.scaleinv.run.bench.DeviceBench;

/**
 * Shows whether the CUDA engine does on a device what its contracts say, and what each kernel achieves there. Every part
 * runs in a process of its own: a device that is lost in one is a failure of that one, and the report is written.
 */
public final class Acceptance {
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private final Options options;
  private final Report report;
  private final ObjectMapper mapper = new ObjectMapper();

  private Acceptance(Options options) {
    this.options = options;
    report = new Report(options);
  }

  /** Exit status 0 where nothing failed, 1 where something did, 2 for options that cannot work. */
  public static void main(String[] arguments) throws IOException {
    Options options;
    try {
      options = Options.of(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    Report report = run(options);
    System.out.print(ReportTable.of(report));
    System.out.println("\nThe report: " + options.output().resolve("acceptance.json"));
    System.exit(report.passed() ? 0 : 1);
  }

  static Report run(Options options) throws IOException {
    return new Acceptance(options).run();
  }

  private Report run() throws IOException {
    if (part("engine", this::engine).status() == Status.PASSED) {
      contracts();
      sanitizer();
      timings();
    }
    report.complete();
    report.write();
    return report;
  }

  private void contracts() throws IOException {
    for (String contract : options.quick() ? List.of("Widening") : OnDevice.contracts()) {
      part("contract " + contract, () -> contract(contract));
    }
  }

  private void sanitizer() throws IOException {
    String program = Sanitizer.find(System.getenv());
    if (options.emulated()) {
      part("sanitizer", () -> Outcome.notRun("the device is emulated: scripts/test looks for races and bounds itself"));
    } else if (program == null) {
      part(
          "sanitizer",
          () -> Outcome.notRun("compute-sanitizer was not found (looked for in CUDA_HOME, PATH and /usr/local/cuda)"));
    } else {
      for (String tool : Sanitizer.TOOLS) {
        part("sanitizer " + tool, () -> new Sanitizer(program, LIMIT).run(tool, options));
      }
    }
  }

  private void timings() throws IOException {
    for (String group : options.quick() ? List.of("finite") : DeviceBench.groups()) {
      part("timing of " + group, () -> timing(group, Map.of()));
    }
    if (!options.quick()) {
      part("timing of gram by the own kernel", () -> timing("gram", Map.of("scaleinv.gram", "own")));
      part("every kernel timed", this::coverage);
    }
  }

  private Part part(String name, Work work) throws IOException {
    System.err.println("gpu-acceptance: " + name);
    long began = System.nanoTime();
    Outcome outcome;
    try {
      outcome = work.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      outcome = Outcome.failed("interrupted", List.of());
    } catch (Exception unexpected) {
      outcome = Outcome.failed(unexpected.toString(), List.of());
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Part part = new Part(name, outcome.status(), seconds, outcome.why(), outcome.details());
    report.add(part);
    report.write();
    return part;
  }

  /** What {@code scaleinv engines} finds, and whether the engine can work here. */
  private Outcome engine() throws IOException, InterruptedException {
    Child child = Child.java(LIMIT, List.of(), Map.of(), "org.scaleinv.cli.Main", "engines", "--format", "json");
    if (child.exit() != 0) {
      return Outcome.failed(child.whyItFailed(LIMIT), List.of());
    }
    JsonNode found = mapper.readTree(child.out());
    report.machine(machine(found));
    JsonNode engine = found.get(options.engine());
    return engine.get("usable").booleanValue()
        ? Outcome.passed(List.of())
        : Outcome.failed(engine.get("problem").textValue(), List.of());
  }

  private Map<String, Object> machine(JsonNode found) throws IOException, InterruptedException {
    JsonNode cuda = found.get("cuda");
    JsonNode device = cuda.get("devices").path(options.device());
    boolean real = !options.emulated();
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("device", real ? device.path("name").textValue() : "emulated");
    machine.put("capability", real ? device.path("compute_capability").textValue() : null);
    machine.put("driver", real ? cuda.path("driver").path("release").textValue() : null);
    machine.put("driver_cuda", real ? cuda.path("driver").path("cuda").textValue() : null);
    machine.put("nvcc", cuda.path("kernels").path("nvcc").textValue());
    machine.put("cublas", real ? cuda.path("cublas").path("library").textValue() : null);
    machine.put("sanitizer", sanitizerVersion());
    return machine;
  }

  private static String sanitizerVersion() throws IOException, InterruptedException {
    String program = Sanitizer.find(System.getenv());
    if (program == null) {
      return null;
    }
    Child version = Child.run(LIMIT, List.of(program, "--version"));
    return version.out().lines().filter(line -> line.contains("ersion")).findFirst().orElse(program);
  }

  private Outcome contract(String contract) throws IOException, InterruptedException {
    Map<String, String> device =
        Map.of(
            DeviceUnderTest.ENGINE, options.engine(), DeviceUnderTest.DEVICE, String.valueOf(options.device()));
    Child child = Child.java(LIMIT, List.of(), device, ContractRun.class.getName(), contract);
    if (child.exit() != 0) {
      return Outcome.failed(child.whyItFailed(LIMIT), List.of());
    }
    JsonNode ended = mapper.readTree(child.out().lines().reduce("", (earlier, last) -> last));
    List<String> details = new ArrayList<>();
    ended.get("failures").forEach(one -> details.add(one.get("test").textValue() + ": " + one.get("why").textValue()));
    if (!details.isEmpty()) {
      return Outcome.failed(details.size() + " of " + ended.get("tests") + " tests", details);
    }
    details.add(ended.get("tests") + " tests" + (options.emulated() ? ", at sizes for an emulated device" : ""));
    ended.get("skipped").forEach(one -> details.add("skipped " + one.textValue()));
    return Outcome.passed(details);
  }

  private Outcome timing(String group, Map<String, String> properties) throws IOException, InterruptedException {
    Child child =
        Child.java(
            LIMIT, List.of(), properties, DeviceBench.class.getName(), options.engine(),
            String.valueOf(options.device()), "time", group);
    if (child.exit() != 0) {
      return Outcome.failed(child.whyItFailed(LIMIT), List.of());
    }
    report.add(mapper.readTree(child.out()));
    return Outcome.passed(List.of());
  }

  private Outcome coverage() throws IOException, InterruptedException {
    Child child = Child.java(LIMIT, List.of(), Map.of(), KernelListing.class.getName());
    if (child.exit() != 0) {
      return Outcome.failed(child.whyItFailed(LIMIT), List.of());
    }
    Set<String> missing = new TreeSet<>(child.out().lines().toList());
    int all = missing.size();
    missing.removeAll(report.timed());
    return missing.isEmpty()
        ? Outcome.passed(List.of(all + " kernels"))
        : Outcome.notRun(missing.size() + " of " + all + " kernels were launched by nothing that was timed: "
            + String.join(", ", missing));
  }
}
