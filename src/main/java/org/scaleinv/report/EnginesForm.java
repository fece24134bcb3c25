package org.scaleinv.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.scaleinv.engine.cpu.CpuFindings;
import org.scaleinv.engine.cuda.Cuda;
import org.scaleinv.engine.cuda.CudaFindings;
import org.scaleinv.engine.cuda.CudaFindings.Found;
import org.scaleinv.error.EngineFailure;

/**
 * What can compute here and why the rest cannot, for people and for programs.
 *
 * @param threads that computing takes unless told otherwise
 * @param emulator the folder of the emulated driver; null where there is none
 * @param noEmulator why there is none; null where there is one
 */
public record EnginesForm(CpuFindings cpu, int threads, CudaFindings cuda, String emulator, String noEmulator) {
  public static final String FORMAT = "scaleinv.engines/1";

  /** Looks at this machine. */
  public static EnginesForm look(int threads) {
    String emulator = null;
    String problem = null;
    try {
      emulator = Cuda.requireEmulator().toString();
    } catch (EngineFailure absent) {
      problem = absent.getMessage();
    }
    return new EnginesForm(CpuFindings.look(), threads, CudaFindings.look(), emulator, problem);
  }

  private String auto() {
    return cuda.problem() == null ? "cuda" : "cpu";
  }

  /** Plain text, each line ended. */
  public String table() {
    StringBuilder text = new StringBuilder();
    title(text, "cpu", cpu.problem(), "can compute");
    line(text, "instructions", cpu.instructions());
    line(text, "threads", Integer.toString(threads));
    line(text, "library", cpu.blas());
    title(text, "cuda", cuda.problem(), "can compute");
    line(text, "kernels", kernels());
    line(text, "driver", driver());
    for (Found found : cuda.devices()) {
      line(text, "device " + found.device().ordinal(), device(found));
    }
    if (cuda.cublas() != null) {
      line(text, "products",
          cuda.cublas().path() == null ? "an own kernel, no cuBLAS was found" : cuda.cublas().path());
    }
    title(text, "cuda-emulated", noEmulator, "can compute, slowly: for tests, and only when asked for");
    line(text, "library", emulator);
    return text + "\n--engine auto takes " + auto() + ".\n";
  }

  private static void title(StringBuilder text, String engine, String problem, String can) {
    text.append("%-15s".formatted(engine)).append(problem == null ? can : "cannot compute: " + problem).append('\n');
  }

  private static void line(StringBuilder text, String what, String found) {
    if (found != null) {
      text.append("  %-13s".formatted(what)).append(found).append('\n');
    }
  }

  private String kernels() {
    CudaFindings.Kernels kernels = cuda.kernels();
    return kernels.missing() == null
        ? "by nvcc " + kernels.nvcc() + " for compute capability " + String.join(", ", kernels.capabilities())
            + " and later"
        : "none (" + kernels.missing() + "); scripts/build makes them where nvcc is";
  }

  private String driver() {
    CudaFindings.Driver driver = cuda.driver();
    if (driver == null) {
      return null;
    }
    return (driver.release() == null ? "" : driver.release() + ", ") + "serves CUDA " + driver.cuda()
        + (driver.takes() == null ? "" : ", takes " + driver.takes() + " of these kernels");
  }

  private static String device(Found found) {
    return found.device().name() + ", compute capability " + found.capability() + ", "
        + String.format(Locale.ROOT, "%.1f GiB", found.device().memory() / (double) (1L << 30)) + ", "
        + found.device().multiprocessors() + " multiprocessors"
        + (found.refusal() == null ? "" : "; cannot be used: " + found.refusal());
  }

  /** Writes UTF-8, ended by a newline, and leaves the stream open. */
  public void json(OutputStream out) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("auto", auto());
    Map<String, Object> processor = engine(cpu.problem());
    processor.put("instructions", cpu.instructions());
    processor.put("threads", threads);
    processor.put("library", cpu.blas());
    root.put("cpu", processor);
    Map<String, Object> gpu = engine(cuda.problem());
    gpu.put("kernels", kernelsObject());
    gpu.put("driver", driverObject());
    gpu.put("devices", cuda.devices().stream().map(EnginesForm::deviceObject).toList());
    gpu.put("cublas", cublasObject());
    root.put("cuda", gpu);
    Map<String, Object> emulated = engine(noEmulator);
    emulated.put("library", emulator);
    root.put("cuda-emulated", emulated);
    Json.write(root, out);
  }

  private static Map<String, Object> engine(String problem) {
    Map<String, Object> engine = new LinkedHashMap<>();
    engine.put("usable", problem == null);
    engine.put("problem", problem);
    return engine;
  }

  private Map<String, Object> kernelsObject() {
    Map<String, Object> kernels = new LinkedHashMap<>();
    kernels.put("nvcc", cuda.kernels().nvcc());
    kernels.put("compute_capabilities", cuda.kernels().capabilities());
    kernels.put("missing", cuda.kernels().missing());
    return kernels;
  }

  private Map<String, Object> driverObject() {
    if (cuda.driver() == null) {
      return null;
    }
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("release", cuda.driver().release());
    driver.put("cuda", cuda.driver().cuda());
    driver.put("takes", cuda.driver().takes());
    return driver;
  }

  private static Map<String, Object> deviceObject(Found found) {
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("device", found.device().ordinal());
    device.put("name", found.device().name());
    device.put("compute_capability", found.capability());
    device.put("memory_bytes", found.device().memory());
    device.put("multiprocessors", found.device().multiprocessors());
    device.put("problem", found.refusal());
    return device;
  }

  private Map<String, Object> cublasObject() {
    if (cuda.cublas() == null) {
      return null;
    }
    Map<String, Object> cublas = new LinkedHashMap<>();
    cublas.put("library", cuda.cublas().path());
    cublas.put("looked", new ArrayList<>(cuda.cublas().looked()));
    return cublas;
  }
}
