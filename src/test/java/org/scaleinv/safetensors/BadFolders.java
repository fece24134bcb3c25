package org.scaleinv.safetensors;

import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;
import static org.scaleinv.safetensors.SafetensorsBytes.oneTensor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Folders that are no model, or sharded models that break one rule. */
public final class BadFolders {
  private final List<BadCase> cases = new ArrayList<>();

  private BadFolders() {}

  /** Every case. */
  public static List<BadCase> all() {
    BadFolders folders = new BadFolders();
    folders.notModels();
    folders.unreadable();
    folders.indexes();
    folders.shardNames();
    folders.shards();
    return List.copyOf(folders.cases);
  }

  private void add(String rule, String name, BadCase.Maker maker) {
    cases.add(new BadCase(name, rule, maker));
  }

  private void notModels() {
    add("no-such-file", "no such path", folder -> folder.resolve("nothing-here"));
    add("folder-without-model", "empty folder", folder -> folder);
    add("folder-without-model", "shards without an index", folder -> {
      Files.write(folder.resolve("model-00001-of-00002.safetensors"), file(oneTensor(""), 4));
      return folder;
    });
    add("folder-without-model", "a link to nothing", folder -> {
      Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("../blobs/gone"));
      return folder;
    });
    add("pytorch-only", "a folder with a PyTorch checkpoint alone", folder -> {
      for (int i = 0; i < 20; i++) {
        Files.writeString(folder.resolve("config-" + i + ".json"), "{}");
      }
      Files.write(folder.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 2});
      return folder;
    });
  }

  private void unreadable() {
    add("not-a-file", "model.safetensors is a folder", folder -> {
      Files.createDirectory(folder.resolve("model.safetensors"));
      return folder;
    });
    add("index-too-long", "an index of 100,000,001 bytes", folder -> {
      Path index = folder.resolve("model.safetensors.index.json");
      try (RandomAccessFile out = new RandomAccessFile(index.toFile(), "rw")) {
        out.setLength(100_000_001);
      }
      return folder;
    });
  }

  /** An index over the shard "s" that holds the tensor "a". */
  private void index(String rule, String name, String index) {
    add(rule, name, folder -> withIndex(folder, index));
  }

  private static Path withIndex(Path folder, String index) throws IOException {
    Files.write(folder.resolve("s.safetensors"), file(oneTensor(""), 4));
    Files.writeString(folder.resolve("model.safetensors.index.json"), index);
    return folder;
  }

  private void indexes() {
    index("index-not-json", "index is empty", "");
    index("index-not-json", "index is an array", "[]");
    index("index-not-json", "index is not JSON", "{weight_map}");
    index("index-not-json", "text after the index", "{\"weight_map\":{\"a\":\"s.safetensors\"}} x");
    index("index-not-json", "a tensor twice in the index",
        "{\"weight_map\":{\"a\":\"s.safetensors\",\"\\u0061\":\"s.safetensors\"}}");
    index("index-not-json", "deep nesting in the index", "{\"metadata\":" + "[".repeat(100_000));
    add("index-not-json", "index is not UTF-8", folder -> {
      Path made = withIndex(folder, "");
      Files.write(folder.resolve("model.safetensors.index.json"), SafetensorsBytes.bytes('{', '"', 0xc0, 0x80, '"'));
      return made;
    });
    index("index-without-map", "no weight_map", "{\"metadata\":{}}");
    index("index-without-map", "weight_map is an array", "{\"weight_map\":[]}");
    index("index-shard-not-text", "a shard's name is a number", "{\"weight_map\":{\"a\":1}}");
    index("index-shard-not-text", "a shard's name is null", "{\"weight_map\":{\"a\":null}}");
  }

  private void shardNames() {
    for (String shard : List.of("/etc/passwd", "../s.safetensors", "x/../../s.safetensors", "..", "", "x/",
        "..\\\\s.safetensors", "C:s.safetensors", "s\\u0000.safetensors", "s\\n.safetensors")) {
      index("shard-outside-folder", "shard name " + shard, "{\"weight_map\":{\"a\":\"" + shard + "\"}}");
    }
    add("shard-outside-folder", "a shard links out of the folder", folder -> {
      Path outside = Files.write(folder.resolve("outside.safetensors"), file(oneTensor(""), 4));
      Path model = Files.createDirectory(folder.resolve("model"));
      Files.createSymbolicLink(model.resolve("s.safetensors"), outside);
      Files.writeString(
          model.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"s.safetensors\"}}");
      return model;
    });
    add("shard-outside-folder", "a snapshot's shard links out of the cache's blobs", folder -> {
      Path outside = Files.write(folder.resolve("outside.safetensors"), file(oneTensor(""), 4));
      Files.createDirectories(folder.resolve("models--o--n/blobs"));
      Path snapshot = Files.createDirectories(folder.resolve("models--o--n/snapshots/c0ffee"));
      Files.createSymbolicLink(snapshot.resolve("s.safetensors"), outside);
      Files.writeString(
          snapshot.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"s.safetensors\"}}");
      return snapshot;
    });
  }

  private void shards() {
    index("shard-missing", "a shard is missing", "{\"weight_map\":{\"a\":\"gone.safetensors\"}}");
    index("shard-lacks-tensor", "a shard lacks a mapped tensor",
        "{\"weight_map\":{\"a\":\"s.safetensors\",\"b\":\"s.safetensors\"}}");
    add("shard-lacks-tensor", "a mapped tensor lies in another shard", folder -> {
      Files.write(folder.resolve("t.safetensors"), file("{" + entry("b", "U8", 0, 4, 4) + "}", 4));
      return withIndex(folder, "{\"weight_map\":{\"a\":\"t.safetensors\",\"b\":\"t.safetensors\"}}");
    });
    add("tensor-in-two-shards", "a tensor lies in two shards", folder -> {
      Files.write(
          folder.resolve("t.safetensors"),
          file("{" + entry("a", "U8", 0, 4, 4) + "," + entry("b", "U8", 4, 8, 4) + "}", 8));
      return withIndex(folder, "{\"weight_map\":{\"a\":\"s.safetensors\",\"b\":\"t.safetensors\"}}");
    });
    add("truncated", "a shard is truncated", folder -> {
      Path made = withIndex(folder, "{\"weight_map\":{\"a\":\"s.safetensors\"}}");
      Files.write(folder.resolve("s.safetensors"), file(oneTensor(""), 3));
      return made;
    });
  }
}
