package org.scaleinv.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cuBLAS is taken, and what is told of the others. */
final class CublasLocatorTest {
  private static final String PIP_12 = "lib/python3.11/site-packages/nvidia/cublas/lib/libcublas.so.12";
  private static final String PIP_13 = "lib/python3.12/site-packages/nvidia/cu13/lib/libcublas.so.13";

  @TempDir
  Path home;

  @ParameterizedTest
  @CsvSource({
    "CUDA_HOME, lib64/libcublas.so.12, 12",
    "CUDA_PATH, lib64/libcublas.so.13, 13",
    "CONDA_PREFIX, lib/libcublas.so.11, 11",
    "CONDA_PREFIX, " + PIP_12 + ", 12",
    "VIRTUAL_ENV, " + PIP_13 + ", 13"
  })
  void eachPlaceIsLookedAt(String variable, String file, int major) throws IOException {
    put(file);
    var search = locator(Map.of(variable, home.toString()), Set.of()).search(13000);
    assertEquals(home.resolve(file).toString(), search.library());
    assertEquals(major, search.major());
    assertTrue(search.looked().contains(home.resolve(file) + ": taken"), search.looked().toString());
  }

  @Test
  void theLoadersOwnPathIsAskedByTheBareName() {
    var search = locator(Map.of(), Set.of("libcublas.so.11")).search(12020);
    assertEquals("libcublas.so.11", search.library());
    assertEquals(11, search.major());
    assertTrue(search.looked().contains("libcublas.so.12 on the loader's path: refused"), search.looked().toString());
  }

  @Test
  void version12IsTakenBeforeANewerOne() throws IOException {
    put(PIP_13);
    put(PIP_12);
    var search = locator(Map.of("VIRTUAL_ENV", home.toString()), Set.of()).search(13000);
    assertEquals(12, search.major());
  }

  @ParameterizedTest
  @CsvSource({"12080, 11", "11040, 11"})
  void aLibraryNewerThanTheDriverIsLeftAndSaid(int driver, int taken) throws IOException {
    put("lib64/libcublas.so.13");
    put("lib64/libcublas.so.11");
    var search = locator(Map.of("CUDA_HOME", home.toString()), Set.of()).search(driver);
    assertEquals(taken, search.major());
    String version = KernelImage.cudaVersion(driver);
    assertTrue(
        search.looked().contains("libcublas.so.13: the driver serves CUDA " + version + " and cannot run it"),
        search.looked().toString());
  }

  @Test
  void nothingFoundTellsEveryPlace() {
    var search = locator(Map.of("CUDA_HOME", home.toString(), "VIRTUAL_ENV", ""), Set.of()).search(13000);
    assertFalse(search.found());
    for (int major = 11; major <= 13; major++) {
      String file = "libcublas.so." + major;
      assertTrue(search.looked().contains(home.resolve("lib64").resolve(file) + ": not there"), file);
      assertTrue(search.looked().contains(file + " on the loader's path: refused"), file);
    }
  }

  @Test
  void aFileThatDoesNotLoadIsPassedByWithTheReason() throws IOException {
    put("lib64/libcublas.so.12");
    Path good = put(PIP_12);
    var locator =
        new CublasLocator(
            Map.of("CUDA_HOME", home.toString(), "VIRTUAL_ENV", home.toString()),
            library -> library.equals(good.toString()) ? Optional.empty() : Optional.of("broken"));
    var search = locator.search(12000);
    assertEquals(good.toString(), search.library());
    assertTrue(
        search.looked().contains(home.resolve("lib64/libcublas.so.12") + ": broken"), search.looked().toString());
  }

  @Test
  void aLibraryThatLacksAFunctionIsPassedByWithItsName() throws IOException {
    Path lacking = put("lib64/libcublas.so.12");
    Path good = put(PIP_12);
    var locator =
        new CublasLocator(
            Map.of("CUDA_HOME", home.toString(), "VIRTUAL_ENV", home.toString()),
            library -> library.equals(good.toString()) ? Optional.empty() : CublasLocator.load("libm.so.6"));
    var search = locator.search(12000);
    assertEquals(good.toString(), search.library());
    assertTrue(search.looked().contains(lacking + ": it lacks cublasCreate_v2"), search.looked().toString());
  }

  @ParameterizedTest
  @CsvSource({"11", "13"})
  void aLibraryThatHasAllFunctionsIsTaken(int major) {
    assertEquals(Optional.empty(), CublasLocator.load(Emulator.folder().resolve("libcublas.so." + major).toString()));
  }

  /** Loads what lies in the folder, and of bare names only those given. */
  private static CublasLocator locator(Map<String, String> environment, Set<String> names) {
    return new CublasLocator(
        environment,
        library -> library.contains("/") || names.contains(library) ? Optional.empty() : Optional.of("refused"));
  }

  private Path put(String file) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.createFile(path);
  }
}
