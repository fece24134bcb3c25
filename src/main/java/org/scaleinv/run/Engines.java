package org.scaleinv.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.engine.cuda.Cuda;
import org.scaleinv.engine.cuda.CudaFindings;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.UsageError;

/** Opens engines by name. */
public final class Engines {
  private Engines() {}

  /**
   * The engine of that name. "auto" takes the first CUDA device that can be used, and the CPU where there is none; never
   * the emulated device. The caller closes it.
   *
   * @param device index of the CUDA device; null for the first that can be used
   * @param notes told why "auto" takes the CPU although there is a CUDA driver, and why a device is passed by
   * @throws UsageError when there is none of that name, or the CPU is to be a device
   * @throws EngineFailure when it cannot work here, or "auto" cannot have the device that is asked for
   */
  public static Engine open(String name, Integer device, Consumer<String> notes) {
    if (device != null && device < 0) {
      throw new UsageError("--device has to be at least 0; given: " + device);
    }
    return switch (name) {
      case "auto" -> device == null ? best(notes) : onMachine(device, notes);
      case "cpu" -> {
        if (device != null) {
          throw new UsageError("--device names a CUDA device, and --engine cpu has none");
        }
        yield new CpuEngine();
      }
      case "cuda" -> onMachine(device, notes);
      case "cuda-emulated" -> Cuda.openEmulated(device == null ? 0 : device);
      default -> throw new UsageError("no engine is called " + name + "; there are: auto, cpu, cuda, cuda-emulated");
    };
  }

  private static Engine best(Consumer<String> notes) {
    CudaFindings cuda = CudaFindings.lookForDevices();
    String problem = cuda.problem();
    if (problem == null) {
      try {
        return firstThatOpens(cuda.usable(), Cuda::open, notes);
      } catch (EngineFailure occupied) {
        problem = occupied.getMessage();
      }
    }
    if (cuda.hasDriver()) {
      notes.accept("computing on the CPU: " + problem);
    }
    return new CpuEngine();
  }

  private static Engine onMachine(Integer device, Consumer<String> notes) {
    CudaFindings cuda = CudaFindings.lookForDevices();
    if (cuda.problem() != null) {
      throw new EngineFailure("cuda engine: " + cuda.problem() + " (see scaleinv engines)");
    }
    return device == null ? firstThatOpens(cuda.usable(), Cuda::open, notes) : Cuda.open(device);
  }

  /**
   * The first device that opens; notes are told why those before it do not.
   *
   * @param devices at least one
   * @throws EngineFailure when none opens: the first device's, the others' suppressed in it
   */
  static Engine firstThatOpens(List<Integer> devices, IntFunction<Engine> opener, Consumer<String> notes) {
    List<EngineFailure> failures = new ArrayList<>();
    for (int device : devices) {
      try {
        Engine engine = opener.apply(device);
        failures.forEach(failed -> notes.accept("computing on device " + device + ": " + failed.getMessage()));
        return engine;
      } catch (EngineFailure failed) {
        failures.add(failed);
      }
    }
    EngineFailure first = failures.getFirst();
    failures.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }
}
