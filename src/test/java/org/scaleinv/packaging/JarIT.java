package org.scaleinv.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is shipped: one jar that runs by itself on another x86-64 Linux machine with GLIBC 2.34 or later. */
class JarIT {
  private static final Path JAR = Path.of(System.getProperty("jar.under.test"));
  private static final String NATIVES = "org/scaleinv/native/linux-x86_64/";
  private static final String OLDEST_GLIBC = "2.34";
  static final Set<String> LIBRARIES =
      new TreeSet<>(Set.of("libscaleinv.so", "libopenblas.so.0", "libgfortran.so.5", "libquadmath.so.0"));

  @Test
  void theJarHasTheEngineAndWhatItLinksAlone() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      Set<String> found = new TreeSet<>();
      jar.stream().map(JarEntry::getName).filter(n -> n.startsWith(NATIVES) && !n.endsWith("/"))
          .forEach(n -> found.add(n.substring(NATIVES.length())));
      assertEquals(LIBRARIES, found);
    }
  }

  @Test
  void ofTheCudaLibrariesTheJarHasTheTwoThatAreUsedAndNothingEmulated() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      List<String> found = jar.stream().map(JarEntry::getName)
          .filter(n -> n.matches(".*/lib(J?cuda|J?cublas|J[A-Z]|emu).*")).sorted().toList();
      String folder = "org/scaleinv/native/jcuda/";
      assertEquals(List.of(folder + "libJCublas2-12.6.0-linux-x86_64.so",
          folder + "libJCudaDriver-12.6.0-linux-x86_64.so"), found);
    }
  }

  @Test
  @Tag("needs-nvcc")
  void theJarHasTheKernels() throws IOException {
    assertTrue(entry("org/scaleinv/kernels/kernels.fatbin").length > 0);
  }

  @ParameterizedTest
  @FieldSource("LIBRARIES")
  void noShippedLibraryNeedsANewerGlibc(String library) throws IOException {
    assertEquals(Set.of(), newerThan(OLDEST_GLIBC, ElfVersions.requiredBy(entry(NATIVES + library))));
  }

  @Test
  void aLibraryThatNeedsANewerGlibcIsFound() throws IOException {
    Set<String> required = ElfVersions.requiredBy(entry(NATIVES + "libopenblas.so.0"));
    assertFalse(newerThan("2.2", required).isEmpty());
    assertEquals(Set.of("GLIBC_2.35", "GLIBC_3.0"), newerThan(OLDEST_GLIBC,
        Set.of("GLIBC_2.4", "GLIBC_2.34", "GLIBC_2.35", "GLIBC_3.0", "GCC_14.0.0", "GLIBCXX_3.4.99")));
  }

  @Test
  void theEngineNeedsNoCxxRuntime() throws IOException {
    Set<String> required = ElfVersions.requiredBy(entry(NATIVES + "libscaleinv.so"));
    assertTrue(required.stream().noneMatch(v -> v.startsWith("GLIBCXX_") || v.startsWith("CXXABI_")),
        required::toString);
  }

  @Test
  void everyBundledLicenceIsInTheJar() throws IOException {
    for (String name : List.of("LICENSE", "NOTICE", "licenses/OpenBLAS.txt", "licenses/JCuda.txt",
        "licenses/LAPACK.txt",
        "licenses/GPL-3.0.txt", "licenses/GCC-runtime-library-exception-3.1.txt", "licenses/LGPL-2.1.txt")) {
      assertTrue(entry("META-INF/" + name).length > 0, name);
    }
    String notice = new String(entry("META-INF/NOTICE"));
    assertTrue(notice.startsWith("scaleinv\n") && notice.contains("Jackson JSON processor"), notice);
  }

  @Test
  void itStartsByItselfWithoutAWarning(@TempDir Path elsewhere) throws Exception {
    var run = Run.in(elsewhere, Run.java(), "-jar", JAR.toString(), "--version");
    assertEquals(new Run(0, "scaleinv " + System.getProperty("version.under.test") + "\n", ""), run);
  }

  private static byte[] entry(String name) throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      var entry = jar.getEntry(name);
      assertTrue(entry != null, () -> name + " is not in " + JAR);
      try (var bytes = jar.getInputStream(entry)) {
        return bytes.readAllBytes();
      }
    }
  }

  /** Those of {@code versions} that are of GLIBC and above {@code ceiling}. */
  private static Set<String> newerThan(String ceiling, Set<String> versions) {
    var newer = new TreeSet<String>();
    for (String version : versions) {
      if (version.startsWith("GLIBC_")
          && Runtime.Version.parse(release(version)).compareTo(Runtime.Version.parse(release(ceiling))) > 0) {
        newer.add(version);
      }
    }
    return newer;
  }

  /** {@code Runtime.Version} takes no trailing zero, and needs none here. */
  private static String release(String version) {
    return version.replace("GLIBC_", "").replaceAll("(\\.0)+$", "");
  }
}
