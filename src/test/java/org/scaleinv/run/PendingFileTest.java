package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.error.EngineFailure;

class PendingFileTest {
  @TempDir
  Path folder;

  @Test
  void theOldFileStandsUntilTheNewOneIsPublished() throws IOException {
    Path target = Files.writeString(folder.resolve("profile.json"), "old");
    try (PendingFile file = PendingFile.of(target, out -> out.write("new".getBytes()))) {
      assertEquals("old", Files.readString(target));
      file.publish();
    }
    assertEquals("new", Files.readString(target));
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void whatIsNotPublishedGoes() {
    PendingFile.of(folder.resolve("profile.json"), out -> out.write(1)).close();
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void aDiskThatIsFullIsNamedWithTheFileAndLeavesNothing() {
    Path target = folder.resolve("profile.json");
    EngineFailure failure = assertThrows(EngineFailure.class, () -> PendingFile.of(target, out -> {
      out.write(new byte[100_000]);
      throw new IOException("No space left on device");
    }));
    assertEquals("cannot write " + target + ": No space left on device", failure.getMessage());
    assertEquals(0, folder.toFile().list().length);
  }

  /** Process numbers end below 2^22 on Linux: 2^40 is none. */
  @Test
  void onlyTemporaryFilesOfDeadProcessesOfThisHostAreAbandoned() throws IOException {
    long alive = ProcessHandle.current().pid();
    long dead = 1L << 40;
    String own = ".profile.json." + PendingFile.HOST + ".";
    for (String name : new String[] {
      own + alive + ".tmp", own + dead + ".tmp", ".profile.json.elsewhere." + dead + ".tmp", "notes.tmp"
    }) {
      Files.createFile(folder.resolve(name));
    }
    PendingFile.removeAbandoned(folder);
    assertTrue(Files.exists(folder.resolve(own + alive + ".tmp")));
    assertFalse(Files.exists(folder.resolve(own + dead + ".tmp")));
    assertEquals(3, folder.toFile().list().length);
  }
}
