package org.scaleinv.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory this process may use: the machine's, or the least limit of the control groups that it is in. The JVM's
 * own bean knows it too, for 30 to 50 ms of processor time at every start.
 *
 * @param proc where /proc is
 * @param groups where the file system of control groups is
 */
record MachineMemory(Path proc, Path groups) {
  private static final String TOTAL = "MemTotal:";
  private static final long KIB = 1024;

  static MachineMemory here() {
    return new MachineMemory(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
  }

  /** @throws IOException where the system does not tell */
  long bytes() throws IOException {
    long least = physical();
    for (String group : Files.readAllLines(proc.resolve("self/cgroup"))) {
      String[] fields = group.split(":", 3);
      if (fields.length == 3 && fields[1].isEmpty()) {
        least = Math.min(least, limit(groups, fields[2], "memory.max"));
      } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
        least = Math.min(least, limit(groups.resolve("memory"), fields[2], "memory.limit_in_bytes"));
      }
    }
    return least;
  }

  private long physical() throws IOException {
    for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
      if (line.startsWith(TOTAL)) {
        return KIB * Long.parseLong(line.substring(TOTAL.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("/proc/meminfo does not tell the machine's memory");
  }

  /** Of a group and all above it; inside a container the path may be the host's, and only the root is seen. */
  private static long limit(Path root, String group, String file) throws IOException {
    long least = Long.MAX_VALUE;
    Path folder = root.resolve(group.substring(1)).normalize();
    while (folder != null && folder.startsWith(root)) {
      if (Files.exists(folder.resolve(file))) {
        String limit = Files.readString(folder.resolve(file)).strip();
        least = limit.equals("max") ? least : Math.min(least, Long.parseLong(limit));
      }
      folder = folder.getParent();
    }
    return least;
  }
}
