package org.scaleinv.engine.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaleinv.error.EngineFailure;

/**
 * What of CUDA is on this machine and in this build, and why it cannot be used where it cannot.
 *
 * @param kernels the kernels of this build
 * @param driver null where none could be asked
 * @param devices all that the driver shows
 * @param cublas where products come from; null where no driver could be asked, or that was not looked for
 * @param problem why no device can be used; null where one can
 */
public record CudaFindings(Kernels kernels, Driver driver, List<Found> devices, Library cublas, String problem) {

  /**
   * The kernels of this build.
   *
   * @param nvcc the version of the compiler; null where there are none
   * @param capabilities those with machine code, "8.0"; later ones are served by assembly
   * @param missing why there are none; null where there are some
   */
  public record Kernels(String nvcc, List<String> capabilities, String missing) {}

  /**
   * A driver that answers.
   *
   * @param release "535.104.05"; null where the system does not tell
   * @param cuda the version of CUDA that it serves, "12.2"
   * @param takes what it can load of the kernels of this build; null where there are none
   */
  public record Driver(String release, String cuda, String takes) {}

  /**
   * A device.
   *
   * @param refusal why it cannot run the kernels of this build; null where it can
   */
  public record Found(DeviceInfo device, String refusal) {
    /** Its compute capability, "8.0". */
    public String capability() {
      return device.computeMajor() + "." + device.computeMinor();
    }
  }

  /**
   * The library of matrix products.
   *
   * @param path of the library, or its name where the system's loader finds it; null where an own kernel takes its place
   * @param looked what was looked for and why it was not taken, one place a line
   */
  public record Library(String path, List<String> looked) {}

  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern RELEASE = Pattern.compile("Kernel Module\\s+(?:for \\S+\\s+)?([0-9][0-9.]+)");

  /** Asks the driver and looks for cuBLAS, which loads it; allocates nothing on a device. */
  public static CudaFindings look() {
    return look(true);
  }

  /** As {@link #look}, without cuBLAS: all that choosing a device needs. */
  public static CudaFindings lookForDevices() {
    return look(false);
  }

  private static CudaFindings look(boolean forCublas) {
    KernelImage image = KernelImage.ofBuild();
    Kernels kernels =
        new Kernels(image.nvcc(), image.chips().stream().map(KernelImage::chipName).toList(), image.missing());
    try {
      JCudaLibraries.loadDriver();
      var driver = new JCudaDriver();
      int version = driver.version();
      List<Found> devices = devices(driver, image, version);
      return new CudaFindings(
          kernels,
          new Driver(release(), KernelImage.cudaVersion(version), image.present() ? image.taken(version) : null),
          devices,
          forCublas ? cublas(version) : null,
          problem(kernels, devices));
    } catch (EngineFailure cannot) {
      return new CudaFindings(kernels, null, List.of(), null, cannot.getMessage());
    } catch (DriverFailure refused) {
      String release = release();
      String problem = "the CUDA driver" + (release == null ? "" : " " + release) + " does not serve: "
          + refused.getMessage() + advice(refused.status());
      return new CudaFindings(kernels, null, List.of(), null, problem);
    }
  }

  /** Whether there is a driver on this machine, even one that cannot be used. */
  public boolean hasDriver() {
    return problem == null || !problem.startsWith(JCudaLibraries.NO_DRIVER);
  }

  /** The devices that can run the kernels of this build, in their order; whether they are free shows when one opens. */
  public List<Integer> usable() {
    return devices.stream().filter(found -> found.refusal() == null).map(found -> found.device().ordinal()).toList();
  }

  private static Library cublas(int driverVersion) {
    CublasLocator.Search search = new CublasLocator().search(driverVersion);
    return new Library(search.library(), search.looked());
  }

  private static List<Found> devices(JCudaDriver driver, KernelImage image, int version) {
    List<Found> devices = new ArrayList<>();
    for (int i = 0; i < driver.deviceCount(); i++) {
      DeviceInfo device = driver.device(i);
      devices.add(new Found(device, image.present() ? image.refusal(device, version).orElse(null) : null));
    }
    return devices;
  }

  private static String problem(Kernels kernels, List<Found> devices) {
    if (kernels.missing() != null) {
      return "this build has no CUDA kernels: " + kernels.missing();
    }
    if (devices.isEmpty()) {
      return "the CUDA driver shows no device";
    }
    return devices.stream().allMatch(found -> found.refusal() != null) ? devices.getFirst().refusal() : null;
  }

  private static String advice(int status) {
    return switch (status) {
      case Failures.NO_DEVICE -> ": there is no GPU, or CUDA_VISIBLE_DEVICES hides it";
      case Failures.SYSTEM_DRIVER_MISMATCH -> ": the driver was updated under a running system; restart the machine";
      default -> "";
    };
  }

  private static String release() {
    try {
      Matcher release = RELEASE.matcher(Files.readString(KERNEL_MODULE));
      return release.find() ? release.group(1) : null;
    } catch (IOException absent) {
      return null;
    }
  }
}
