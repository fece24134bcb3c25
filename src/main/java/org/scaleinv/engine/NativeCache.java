package org.scaleinv.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import org.scaleinv.error.EngineFailure;

/**
 * Native libraries of a jar, unpacked into a folder named by a digest of what they are: a start with the libraries
 * already there reads the jar's directory only.
 *
 * <p>Each file is written under a temporary name and renamed, so several processes may unpack at once, and one that is
 * killed leaves nothing half-written under a final name. A file of the wrong size is written again.
 */
public final class NativeCache {
  private final Path root;

  public NativeCache(Path root) {
    this.root = root;
  }

  /** {@code $XDG_CACHE_HOME/scaleinv/native}, by default {@code ~/.cache/scaleinv/native}. */
  public static Path userFolder() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path cache =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return cache.resolve("scaleinv").resolve("native");
  }

  /**
   * The folder in which native libraries of this build lie side by side: that of a build folder as it is, the user's
   * cache for a jar.
   *
   * @param what names the libraries in errors: "the native engine"
   * @throws EngineFailure when they cannot be unpacked
   */
  public static Path folderOf(List<URL> files, String what) {
    if (files.getFirst().getProtocol().equals("file")) {
      return Path.of(URI.create(files.getFirst().toString())).getParent();
    }
    try {
      return new NativeCache(userFolder()).unpack(files);
    } catch (IOException cause) {
      throw new EngineFailure(
          "cannot unpack " + what + " into " + userFolder() + " (" + cause
              + "): set XDG_CACHE_HOME to a folder that can be written",
          cause);
    }
  }

  /** Makes sure that every file (an entry of a jar) is there, and returns the folder. */
  public Path unpack(List<URL> files) throws IOException {
    List<JarEntry> entries = new ArrayList<>();
    for (URL file : files) {
      entries.add(((JarURLConnection) file.openConnection()).getJarEntry());
    }
    Path folder = root.resolve(digest(entries));
    Files.createDirectories(folder);
    for (int i = 0; i < files.size(); i++) {
      Path target = folder.resolve(Path.of(entries.get(i).getName()).getFileName());
      if (!Files.isRegularFile(target) || Files.size(target) != entries.get(i).getSize()) {
        write(files.get(i), target);
      }
    }
    return folder;
  }

  private static void write(URL file, Path target) throws IOException {
    Path temporary = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    try (InputStream content = file.openStream()) {
      Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Over names, sizes and checksums as the jar's directory has them: hashing 40 MB would cost each start 30 ms. */
  private static String digest(List<JarEntry> entries) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (JarEntry entry : entries) {
        String line = entry.getName() + " " + entry.getSize() + " " + entry.getCrc() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
