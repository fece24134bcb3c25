package org.scaleinv.engine.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import org.scaleinv.error.EngineFailure;

/** The door to the CUDA engines: opens them, with all that they need loaded. */
public final class Cuda {
  /** Names the folder of the emulated driver. */
  private static final String EMULATOR = "scaleinv.emulator";

  /** Set by the launcher: the project's folder, in which the tests build the emulated driver. */
  private static final String HOME = "scaleinv.home";

  private Cuda() {}

  /**
   * Opens a device of the machine.
   *
   * @throws EngineFailure when there is no driver, no such device, or it does not take the kernels of this build
   */
  public static CudaEngine open(int device) {
    JCudaLibraries.loadDriver();
    return CudaEngine.open(device, false);
  }

  /**
   * Opens a device of the emulated driver.
   *
   * @throws EngineFailure when it is not built, or this process computes by the machine's driver
   */
  public static CudaEngine openEmulated(int device) {
    JCudaLibraries.loadEmulatedDriver(requireEmulator());
    return CudaEngine.open(device, true);
  }

  /**
   * The folder of the emulated driver.
   *
   * @throws EngineFailure when there is none, saying how it is made
   */
  public static Path requireEmulator() {
    Path folder = emulatorFolder();
    if (folder == null) {
      throw new EngineFailure("no emulated CUDA driver: start by the launcher \"scaleinv\" of the project's folder, or "
          + "name the driver's folder by -D" + EMULATOR + "=FOLDER");
    }
    if (!Files.isRegularFile(folder.resolve(JCudaLibraries.DRIVER))) {
      throw new EngineFailure("no emulated CUDA driver in " + folder + ": scripts/test builds it; it is never shipped");
    }
    return folder;
  }

  private static Path emulatorFolder() {
    String named = System.getProperty(EMULATOR);
    String home = System.getProperty(HOME);
    if (named != null) {
      return Path.of(named);
    }
    return home == null ? null : Path.of(home, "target", "emulator");
  }
}
