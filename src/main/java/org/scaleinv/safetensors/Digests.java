package org.scaleinv.safetensors;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Cancelled;

/** SHA-256 of files, as sha256sum computes and prints it. */
final class Digests {
  private static final int CHUNK = 1 << 20;

  private Digests() {}

  static String ofFile(PositionedFile file) {
    MessageDigest sha256 = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    long position = 0;
    while (position < file.length()) {
      int wanted = (int) Math.min(CHUNK, file.length() - position);
      long got = file.read(position, MemorySegment.ofArray(chunk).asSlice(0, wanted));
      if (got < wanted) {
        throw new BadInput(
            SafetensorsFile.TRUNCATED, file.name() + ": expected " + file.length() + " bytes, found "
                + (position + got) + "; the file was cut short while it was open");
      }
      sha256.update(chunk, 0, wanted);
      position += wanted;
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Digest of the lines that sha256sum prints for the files, in the order of their names. */
  static String ofFiles(SortedMap<String, SafetensorsFile> files, int threads) {
    List<Future<String>> digests = new ArrayList<>();
    MessageDigest whole = Sha256.start();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.clamp(threads, 1, Math.max(files.size(), 1)))) {
      files.values().forEach(file -> digests.add(pool.submit(file::digest)));
      try {
        int i = 0;
        for (String name : files.keySet()) {
          String line = get(digests.get(i++)) + "  " + name + "\n";
          whole.update(line.getBytes(StandardCharsets.UTF_8));
        }
      } finally {
        pool.shutdownNow();
      }
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private static String get(Future<String> digest) {
    try {
      return digest.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Cancelled();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }
}
