package org.scaleinv.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaleinv.engine.NativeCache;
import org.scaleinv.error.EngineFailure;

class NativeLibraryTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({"Linux, amd64, linux-x86_64", "Linux, aarch64, linux-aarch64", "Windows 11, amd64, windows-x86_64",
    "Mac OS X, aarch64, mac-aarch64", "Linux, riscv64, linux-riscv64"})
  void platformsAreNamedBySystemAndProcessor(String os, String arch, String expected) {
    assertEquals(expected, NativeLibrary.platform(os, arch));
  }

  @Test
  void aPlatformThatIsNotInTheBuildIsRefusedNamingThoseThatAre() {
    EngineFailure failure = assertThrows(EngineFailure.class, () -> NativeLibrary.locate("plan9-vax"));
    assertEquals("no native engine for plan9-vax in this build; it holds linux-x86_64", failure.getMessage());
  }

  @Test
  void filesOfAJarAreUnpackedOnceAndDamageIsRepaired() throws IOException {
    byte[] first = bytes(1, 100_000);
    byte[] second = bytes(2, 3);
    List<URL> files = jar("a.jar", first, second);
    var cache = new NativeCache(folder.resolve("cache"));
    Path unpacked = cache.unpack(files);
    assertArrayEquals(first, Files.readAllBytes(unpacked.resolve("f0.so")));
    assertArrayEquals(second, Files.readAllBytes(unpacked.resolve("f1.so")));

    var written = Files.getLastModifiedTime(unpacked.resolve("f0.so"));
    Files.write(unpacked.resolve("f1.so"), new byte[0]);
    assertEquals(unpacked, cache.unpack(files));
    assertEquals(written, Files.getLastModifiedTime(unpacked.resolve("f0.so")));
    assertArrayEquals(second, Files.readAllBytes(unpacked.resolve("f1.so")));
  }

  @Test
  void anotherContentGoesIntoAnotherFolder() throws IOException {
    var cache = new NativeCache(folder.resolve("cache"));
    Path one = cache.unpack(jar("a.jar", bytes(1, 100)));
    Path other = cache.unpack(jar("b.jar", bytes(2, 100)));
    assertTrue(!one.equals(other) && one.getParent().equals(other.getParent()), one + " " + other);
  }

  @Test
  void startsAtTheSameTimeLeaveOneWholeCopyAndNothingElse() throws Exception {
    byte[] content = bytes(3, 5_000_000);
    List<URL> files = jar("a.jar", content);
    Callable<Path> start = () -> new NativeCache(folder.resolve("cache")).unpack(files);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Path> unpacked : threads.invokeAll(List.of(start, start, start, start))) {
        assertArrayEquals(content, Files.readAllBytes(unpacked.get().resolve("f0.so")));
      }
    }
    try (Stream<Path> left = Files.walk(folder.resolve("cache")).filter(Files::isRegularFile)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsAnIoError() throws IOException {
    Path file = Files.createFile(folder.resolve("cache"));
    List<URL> files = jar("a.jar", bytes(1, 10));
    assertThrows(IOException.class, () -> new NativeCache(file).unpack(files));
  }

  private static byte[] bytes(long seed, int count) {
    byte[] content = new byte[count];
    new Random(seed).nextBytes(content);
    return content;
  }

  private List<URL> jar(String name, byte[]... contents) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (int i = 0; i < contents.length; i++) {
        entries.putNextEntry(new JarEntry("lib/f" + i + ".so"));
        entries.write(contents[i]);
        entries.closeEntry();
      }
    }
    List<URL> urls = new ArrayList<>();
    for (int i = 0; i < contents.length; i++) {
      urls.add(URI.create("jar:" + jar.toUri() + "!/lib/f" + i + ".so").toURL());
    }
    return urls;
  }
}
