package org.scaleinv.engine.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.scaleinv.error.EngineFailure;

/**
 * The kernels of this build as nvcc compiled them, or why there are none.
 *
 * @param nvcc the compiler's version, "13.0.88"; null where there are none
 * @param chips compute capabilities with machine code, 10·major + minor
 * @param ptx the compute capability whose assembly newer chips are served by
 * @param missing why there are none; null where there are some
 */
record KernelImage(String nvcc, List<Integer> chips, int ptx, String missing) {
  private static final String FATBIN = "/org/scaleinv/kernels/kernels.fatbin";
  private static final String DESCRIPTION = "/org/scaleinv/kernels/kernels.properties";

  /** The major version from which on nvcc can build the kernels. */
  private static final int OLDEST_COMPILER = 12;

  /** What this build holds. */
  static KernelImage ofBuild() {
    Properties told = new Properties();
    try (InputStream description = KernelImage.class.getResourceAsStream(DESCRIPTION)) {
      if (description == null) {
        return none("it was not made by Maven");
      }
      told.load(description);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    String missing = told.getProperty("missing");
    return missing != null
        ? none(missing)
        : new KernelImage(
            told.getProperty("nvcc"),
            Stream.of(told.getProperty("sass").split(" ")).map(Integer::valueOf).toList(),
            Integer.parseInt(told.getProperty("ptx")),
            null);
  }

  private static KernelImage none(String reason) {
    return new KernelImage(null, List.of(), 0, reason);
  }

  boolean present() {
    return missing == null;
  }

  /**
   * The fatbin.
   *
   * @throws EngineFailure where there are no kernels
   */
  byte[] bytes() {
    if (!present()) {
      throw new EngineFailure("this build has no CUDA kernels: " + missing);
    }
    try (InputStream fatbin = KernelImage.class.getResourceAsStream(FATBIN)) {
      return fatbin.readAllBytes();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /**
   * Why a device cannot run these kernels, and what to do; empty where it can. Machine code serves later chips of the
   * same major capability under every driver of the same major CUDA version; assembly also needs a driver that is as
   * new as the compiler.
   *
   * @param driver the CUDA version that the driver serves, 1000·major + 10·minor
   */
  Optional<String> refusal(DeviceInfo device, int driver) {
    int compiler = compilerVersion();
    if (driver / 1000 < compiler / 1000) {
      return Optional.of("the driver serves CUDA " + cudaVersion(driver) + " and cannot load kernels built by CUDA "
          + cudaVersion(compiler) + ": take a newer driver"
          + (driver / 1000 < OLDEST_COMPILER ? "" : ", or rebuild with nvcc " + driver / 1000));
    }
    int chip = 10 * device.computeMajor() + device.computeMinor();
    if (chips.stream().anyMatch(built -> built / 10 == chip / 10 && built <= chip)) {
      return Optional.empty();
    }
    if (chip < ptx) {
      return Optional.of("the kernels are built for compute capability " + chipNames() + ", the device has "
          + chipName(chip) + ": rebuild with an nvcc that serves it");
    }
    return driver >= compiler
        ? Optional.empty()
        : Optional.of("compute capability " + chipName(chip) + " is newer than the kernels, and the driver serves CUDA "
            + cudaVersion(driver) + ", which cannot translate what nvcc " + nvcc + " wrote: take a newer driver");
  }

  /**
   * What a driver can load of these kernels: of an earlier major version than the compiler's nothing, of an earlier minor
   * one the machine code alone.
   *
   * @param driver the CUDA version that the driver serves, 1000·major + 10·minor
   */
  String taken(int driver) {
    if (driver / 1000 < compilerVersion() / 1000) {
      return "nothing";
    }
    return driver < compilerVersion() ? "machine code" : "machine code and assembly";
  }

  /** In the driver's form, 1000·major + 10·minor. */
  private int compilerVersion() {
    String[] parts = nvcc.split("\\.");
    return 1000 * Integer.parseInt(parts[0]) + 10 * Integer.parseInt(parts[1]);
  }

  /** "7.5, 8.0, 9.0 and later" */
  String chipNames() {
    return String.join(", ", chips.stream().map(KernelImage::chipName).toList()) + " and later";
  }

  /** "8.0" of 80 */
  static String chipName(int chip) {
    return chip / 10 + "." + chip % 10;
  }

  /** "12.2" of 12020 */
  static String cudaVersion(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}
