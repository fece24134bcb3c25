package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which devices and drivers the kernels of a build serve. */
class KernelImageTest {
  private static final List<Integer> CHIPS = List.of(75, 80, 86, 90);

  private static String refusal(String nvcc, int driver, int major, int minor) {
    var device = new DeviceInfo(0, "device", major, minor, 1L << 30, 1, 101_376);
    return new KernelImage(nvcc, CHIPS, 90, null).refusal(device, driver).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "12.6.77, 12060, 7, 5", "12.6.77, 12020, 8, 0", "12.6.77, 12000, 8, 7", "12.6.77, 13000, 9, 0",
    "13.0.88, 13000, 8, 9", "13.0.88, 13010, 10, 3", "12.6.77, 12060, 12, 0"})
  void servedBySameMajorVersionAndByAssemblyOnLaterChips(String nvcc, int driver, int major, int minor) {
    assertEquals("", refusal(nvcc, driver, major, minor));
  }

  @ParameterizedTest
  @CsvSource({
    "13.0.88, 12020, CUDA 12.2, CUDA 13.0, rebuild with nvcc 12",
    "12.6.77, 11080, CUDA 11.8, CUDA 12.6, take a newer driver"
  })
  void aDriverOfAnEarlierMajorVersionIsNamedWithWhatToDo(
      String nvcc, int driver, String serves, String built, String advice) {
    String refusal = refusal(nvcc, driver, 8, 0);
    assertTrue(refusal.contains(serves) && refusal.contains(built) && refusal.endsWith(advice), refusal);
  }

  @ParameterizedTest
  @CsvSource({"7, 0, 7.0", "6, 1, 6.1"})
  void aDeviceBeforeTheFirstChipIsNamed(int major, int minor, String name) {
    String refusal = refusal("12.6.77", 12060, major, minor);
    assertTrue(refusal.contains("7.5, 8.0, 8.6, 9.0") && refusal.contains(name), refusal);
  }

  @ParameterizedTest
  @CsvSource({"12050, 10, 0, 12.5", "12000, 12, 0, 12.0"})
  void aLaterChipNeedsADriverThatTranslates(int driver, int major, int minor, String serves) {
    String refusal = refusal("12.6.77", driver, major, minor);
    assertTrue(refusal.contains("CUDA " + serves) && refusal.contains("newer driver"), refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "12.6.77, 11080, nothing", "12.6.77, 12000, machine code", "12.6.77, 12050, machine code",
    "12.6.77, 12060, machine code and assembly", "12.6.77, 13000, machine code and assembly",
    "13.0.88, 12090, nothing", "13.0.88, 13000, machine code and assembly"})
  void olderDriversTakeLessOfTheKernels(String nvcc, int driver, String taken) {
    assertEquals(taken, new KernelImage(nvcc, CHIPS, 90, null).taken(driver));
  }
}
