package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.error.BadInput;

class HubCacheTest {
  private static final String FIRST = "0123456789abcdef0123456789abcdef01234567";
  private static final String SECOND = "0123999901239999012399990123999901239999";

  @TempDir
  Path home;
  private Path hub;

  /** Two snapshots of org/name whose files link into blobs, as huggingface_hub lays them out; main is the second. */
  @BeforeEach
  void writeCache() throws IOException {
    hub = Files.createDirectories(home.resolve(".cache/huggingface/hub"));
    Path repository = hub.resolve("models--org--name");
    Path blobs = Files.createDirectories(repository.resolve("blobs"));
    for (String commit : new String[] {FIRST, SECOND}) {
      Files.write(blobs.resolve("b" + commit), file("{" + entry("of " + commit, "U8", 0, 4, 4) + "}", 4));
      Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(commit));
      Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/b" + commit));
    }
    Files.createDirectories(repository.resolve("refs/pr"));
    Files.writeString(repository.resolve("refs/main"), SECOND);
    Files.writeString(repository.resolve("refs/v1.0"), FIRST + "\n");
    Files.writeString(repository.resolve("refs/pr/1"), FIRST);
    Files.writeString(repository.resolve("refs/gone"), "f".repeat(40));
    Files.writeString(repository.resolve("refs/damaged"), "../../../elsewhere");
  }

  private ModelFiles open(String location) {
    return ModelFiles.open(location, HubCache.of(Map.of(), home));
  }

  @ParameterizedTest
  @CsvSource({
    "hf:org/name," + SECOND, "hf:org/name@main," + SECOND, "hf:org/name@v1.0," + FIRST, "hf:org/name@pr/1," + FIRST,
    "hf:org/name@" + FIRST + "," + FIRST, "hf:org/name@01234567," + FIRST, "hf:org/name@01239," + SECOND
  })
  void aRevisionIsABranchATagACommitOrItsBeginning(String location, String commit) {
    try (ModelFiles model = open(location)) {
      assertEquals("org--name", model.name());
      assertEquals(hub.resolve("models--org--name/snapshots").resolve(commit), model.path());
      assertEquals("of " + commit, model.tensors().firstKey());
    }
  }

  @Test
  void aSnapshotGivenAsAFolderHasTheModelsName() {
    try (ModelFiles model = open(hub.resolve("models--org--name/snapshots").resolve(FIRST).toString())) {
      assertEquals("org--name", model.name());
    }
  }

  @Test
  void shardsMayLinkIntoTheirOwnBlobs() throws IOException {
    Path snapshot = hub.resolve("models--org--name/snapshots").resolve(FIRST);
    Files.move(snapshot.resolve("model.safetensors"), snapshot.resolve("model-00001-of-00001.safetensors"));
    Files.writeString(
        snapshot.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"of " + FIRST + "\":\"model-00001-of-00001.safetensors\"}}");
    try (ModelFiles model = open("hf:org/name@v1.0")) {
      assertEquals("of " + FIRST, model.tensors().firstKey());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hf:org/other, hf download org/other", "hf:other, hf download other",
    "hf:org/name@v2, hf download org/name --revision v2", "hf:org/name@gone, hf download org/name --revision gone",
    "hf:org/name@ffff, hf download org/name --revision ffff", "hf:org/name@012, hf download org/name --revision 012"
  })
  void whatIsNotInTheCacheEndsInTheCommandThatFetchesIt(String location, String command) {
    BadInput error = assertThrows(BadInput.class, () -> open(location));
    assertEquals("not-in-cache", error.rule());
    assertTrue(error.getMessage().startsWith(location + ": "), error.getMessage());
    assertTrue(error.getMessage().contains(hub.toString()), error.getMessage());
    assertTrue(error.getMessage().endsWith("fetch it with: " + command), error.getMessage());
  }

  @Test
  void aSnapshotWithoutTheWeightsEndsInThatCommandToo() throws IOException {
    Files.delete(hub.resolve("models--org--name/blobs/b" + SECOND));
    BadInput error = assertThrows(BadInput.class, () -> open("hf:org/name"));
    assertEquals("folder-without-model", error.rule());
    assertTrue(
        error.getMessage().endsWith(
            "found \"model.safetensors\" (a link to nothing); fetch it with: hf download org/name"),
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "hf:", "hf:/name", "hf:org/", "hf:a/b/c", "hf:org/name@", "hf:../name", "hf:org/..", "hf:org/name@../x",
    "hf:org/name@a//b", "hf:org/name@/etc", "hf:org/na me", "hf:org/n\u00e9", "hf:org\\name", "hf:org/name\n"
  })
  void whatIsNoModelsNameIsRefused(String location) {
    BadInput error = assertThrows(BadInput.class, () -> open(location));
    assertEquals("hub-name", error.rule());
    assertTrue(error.getMessage().chars().noneMatch(Character::isISOControl));
  }

  @Test
  void aBeginningOfTwoCommitsIsAmbiguous() {
    assertEquals("commit-ambiguous", assertThrows(BadInput.class, () -> open("hf:org/name@0123")).rule());
  }

  @Test
  void aReferenceThatHoldsNoCommitIsRefused() {
    BadInput error = assertThrows(BadInput.class, () -> open("hf:org/name@damaged"));
    assertEquals("cache-reference", error.rule());
    assertTrue(error.getMessage().contains("refs/damaged"), error.getMessage());
  }

  @Test
  void theCacheLiesWhereHuggingFaceHubWouldLookForIt() throws IOException {
    Files.move(hub, home.resolve("elsewhere"));
    String elsewhere = home.resolve("elsewhere").toString();
    assertFound(Map.of("HF_HUB_CACHE", elsewhere, "HF_HOME", "/nowhere", "XDG_CACHE_HOME", "/nowhere"));
    assertFound(Map.of("HF_HUB_CACHE", "~/elsewhere"));

    Files.createDirectories(home.resolve("hf-home"));
    Files.move(home.resolve("elsewhere"), home.resolve("hf-home/hub"));
    assertFound(Map.of("HF_HOME", home.resolve("hf-home").toString(), "XDG_CACHE_HOME", "/nowhere"));

    Files.createDirectories(home.resolve("xdg/huggingface"));
    Files.move(home.resolve("hf-home/hub"), home.resolve("xdg/huggingface/hub"));
    assertFound(Map.of("XDG_CACHE_HOME", home.resolve("xdg").toString(), "HF_HOME", ""));
  }

  private void assertFound(Map<String, String> environment) {
    try (ModelFiles model = ModelFiles.open("hf:org/name", HubCache.of(environment, home))) {
      assertEquals("of " + SECOND, model.tensors().firstKey());
    }
  }
}
