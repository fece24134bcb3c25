package org.scaleinv.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process runs on. */
public final class Machine {
  private Machine() {}

  /** Physical memory in bytes, or the limit of the container where that is smaller. */
  static long memory() {
    try {
      return MachineMemory.here().bytes();
    } catch (IOException | NumberFormatException untold) {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }
  }

  /** The host's name, without asking the network. */
  public static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? "unknown" : name;
    }
  }
}
