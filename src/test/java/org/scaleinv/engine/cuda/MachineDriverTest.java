package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.cli.Main;

/**
 * What is told of a machine's driver that cannot be used. Each process is shown a libcuda.so.1 made for the case: every
 * function returns one status, unless it is given a body.
 */
class MachineDriverTest {
  @TempDir
  Path folder;

  private Map<String, String> driver(int status) {
    Map<String, String> functions = new TreeMap<>();
    DriverFunctions.NAMES.forEach(name -> functions.put(name, "() { return " + status + "; }"));
    return functions;
  }

  /** A driver for CUDA 12.2 with one device. */
  private Map<String, String> workingDriver(int major, int minor) {
    Map<String, String> functions = driver(0);
    functions.put("cuDriverGetVersion", "(int* version) { *version = 12020; return 0; }");
    functions.put("cuDeviceGetCount", "(int* count) { *count = 1; return 0; }");
    functions.put("cuDeviceGetName", "(char* name, int, int) { name[0] = 'G'; name[1] = '1'; name[2] = 0; return 0; }");
    functions.put("cuDeviceTotalMem_v2", "(unsigned long* bytes, int) { *bytes = 24ul << 30; return 0; }");
    functions.put("cuDeviceGetAttribute", "(int* value, int what, int) { *value = what == 75 ? " + major
        + " : what == 76 ? " + minor + " : 7; return 0; }");
    return functions;
  }

  private String run(Map<String, String> functions, int code, String... arguments) throws Exception {
    var source = new StringBuilder();
    functions.forEach((name, body) -> source.append("extern \"C\" int ").append(name).append(body).append('\n'));
    Files.writeString(folder.resolve("driver.cpp"), source);
    String compiler = System.getenv().getOrDefault("CXX", "c++");
    end(new ProcessBuilder(compiler, "-shared", "-fPIC", "-o", "libcuda.so.1", "driver.cpp"), 0);
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var start = new ProcessBuilder(command);
    start.environment().put("LD_LIBRARY_PATH", folder.toString());
    return end(start, code);
  }

  private String end(ProcessBuilder start, int code) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        start.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
    String text = Files.readString(output);
    assertEquals(code, process.exitValue(), text);
    return text;
  }

  @ParameterizedTest
  @CsvSource({
    "100, cuInit failed with CUDA_ERROR_NO_DEVICE, CUDA_VISIBLE_DEVICES",
    "803, cuInit failed with CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, restart the machine",
    "999, cuInit failed with CUDA_ERROR_UNKNOWN, ''"})
  void aDriverThatDoesNotServeIsNamedWithItsError(int status, String failure, String advice) throws Exception {
    String told = run(driver(status), 0, "engines");
    assertTrue(told.contains("cuda           cannot compute: the CUDA driver"), told);
    assertTrue(told.contains(failure) && told.contains(advice), told);
    assertTrue(told.endsWith("--engine auto takes cpu.\n") && !told.contains("\tat "), told);
  }

  @Test
  void aDriverThatLacksAFunctionEndsNoProcess() throws Exception {
    Map<String, String> functions = driver(0);
    functions.remove("cuLaunchKernel");
    String told = run(functions, 0, "engines");
    assertTrue(told.contains("libcuda.so.1 lacks 1 of the ") && told.contains("cuLaunchKernel"), told);
  }

  @Test
  void theEmulatedDriverIsNotTakenForTheMachines() throws Exception {
    Map<String, String> functions = workingDriver(8, 0);
    functions.put("emulator_reset", "() { return 0; }");
    String told = run(functions, 0, "engines");
    assertTrue(told.contains("is the emulated driver"), told);
  }

  @ParameterizedTest
  @CsvSource({"8, 9", "9, 0"})
  void devicesAreListedWithWhatKeepsThemFromComputing(int major, int minor) throws Exception {
    String told = run(workingDriver(major, minor), 0, "engines");
    assertTrue(told.contains("serves CUDA 12.2"), told);
    assertTrue(told.contains("G1, compute capability " + major + "." + minor + ", 24.0 GiB, 7 multiproc"), told);
    assertTrue(told.contains("an own kernel, no cuBLAS was found"), told);
    KernelImage image = KernelImage.ofBuild();
    var device = new DeviceInfo(0, "G1", major, minor, 24L << 30, 7, 7);
    String reason = image.present() ? image.refusal(device, 12020).orElse("") : image.missing();
    assertEquals(reason.isEmpty(), told.contains("--engine auto takes cuda."), told);
    assertTrue(told.contains(reason), told);
    assertTrue(!image.present() || told.contains("takes " + image.taken(12020) + " of these kernels"), told);
  }

  @Test
  void autoSaysWhyItTakesTheCpuAndAnExplicitDeviceFails() throws Exception {
    String model = Path.of("examples", "kjv", "d32-l2-s0").toAbsolutePath().toString();
    String told = run(driver(100), 0, "measure", "--no-null", "--select", "wpe", model);
    assertTrue(told.contains("computing on the CPU: the CUDA driver") && told.contains("NO_DEVICE"), told);
    told = run(driver(100), 4, "measure", "--device", "0", model);
    assertEquals(1, told.lines().count(), told);
    assertTrue(told.startsWith("scaleinv: cuda engine: the CUDA driver") && told.contains("NO_DEVICE"), told);
  }
}
