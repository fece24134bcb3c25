package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
  @TempDir
  Path folder;

  @Test
  void itIsWhatTheVirtualMachineSays() throws IOException {
    var bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    assertEquals(bean.getTotalMemorySize(), MachineMemory.here().bytes());
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), content);
  }

  private long bytes() throws IOException {
    return new MachineMemory(folder.resolve("proc"), folder.resolve("cgroup")).bytes();
  }

  @Test
  void theLeastLimitOfAllGroupsAboveCounts() throws IOException {
    write("proc/meminfo", "MemTotal:       1000 kB\nMemFree: 5 kB\n");
    write("proc/self/cgroup", "0::/job/step\n");
    assertEquals(1_024_000, bytes());
    write("cgroup/job/step/memory.max", "max\n");
    assertEquals(1_024_000, bytes());
    write("cgroup/job/memory.max", "500000\n");
    write("cgroup/job/step/memory.max", "600000\n");
    assertEquals(500_000, bytes());
    write("cgroup/memory.max", "400000\n");
    assertEquals(400_000, bytes());
  }

  @Test
  void groupsOfTheFirstVersionCountToo() throws IOException {
    write("proc/meminfo", "MemTotal:       1000 kB\n");
    write("proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/host/path\n0::/\n");
    write("cgroup/memory/memory.limit_in_bytes", "300000");
    assertEquals(300_000, bytes());
    write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    assertEquals(1_024_000, bytes());
  }
}
