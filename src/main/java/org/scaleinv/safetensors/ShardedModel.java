package org.scaleinv.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.Tensor;

/** Opens the shards that an index names, and no other file, and holds them to the index. */
final class ShardedModel {
  private final Path folder;
  private final Path indexFile;
  private final ShardIndex index;
  private final SortedMap<String, SafetensorsFile> shards = new TreeMap<>();
  private final SortedMap<String, Tensor> tensors = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();

  private ShardedModel(Path folder, Path indexFile) {
    this.folder = folder;
    this.indexFile = indexFile;
    index = ShardIndex.read(indexFile);
  }

  /** Opens all shards; when one fails, those already open are closed. */
  static ShardedModel open(Path folder, Path indexFile) {
    ShardedModel model = new ShardedModel(folder, indexFile);
    try {
      model.openShards();
      model.collectTensors();
      model.compareTotalSize();
      return model;
    } catch (RuntimeException | Error failure) {
      model.shards.values().forEach(SafetensorsFile::close);
      throw failure;
    }
  }

  SortedMap<String, SafetensorsFile> shards() {
    return shards;
  }

  SortedMap<String, Tensor> tensors() {
    return tensors;
  }

  SortedMap<String, String> metadata() {
    return index.metadata();
  }

  List<String> warnings() {
    return warnings;
  }

  private void openShards() {
    for (Map.Entry<String, String> mapped : index.shardOf().entrySet()) {
      String shard = mapped.getValue();
      if (!shards.containsKey(shard)) {
        shards.put(shard, SafetensorsFile.open(insideFolder(mapped.getKey(), shard)));
      }
    }
  }

  private Path insideFolder(String tensor, String shard) {
    try {
      Path path = folder.resolve(shard);
      if (!Files.exists(path)) {
        throw broken("shard-missing", tensor, "expected shard " + Escape.quoted(shard) + ", found no such file");
      }
      Path target = path.toRealPath();
      Optional<Path> blobs = HubCache.blobs(folder.toRealPath());
      boolean inside = target.startsWith(folder.toRealPath())
          || blobs.isPresent() && target.startsWith(blobs.get().toRealPath());
      if (!inside) {
        throw broken("shard-outside-folder", tensor, "expected shard " + Escape.quoted(shard)
            + " inside the folder, found a link to " + Escape.quoted(target.toString()));
      }
      return path;
    } catch (IOException failure) {
      throw PositionedFile.unreadable(folder.resolve(shard), failure);
    }
  }

  private void collectTensors() {
    Map<String, String> holders = new HashMap<>();
    int unmapped = 0;
    String example = null;
    for (Map.Entry<String, SafetensorsFile> shard : shards.entrySet()) {
      for (Tensor tensor : shard.getValue().tensors().values()) {
        String other = holders.put(tensor.name(), shard.getKey());
        if (other != null) {
          throw broken("tensor-in-two-shards", tensor.name(), "expected one shard to hold it, found it in "
              + Escape.quoted(other) + " and " + Escape.quoted(shard.getKey()));
        }
        if (shard.getKey().equals(index.shardOf().get(tensor.name()))) {
          tensors.put(tensor.name(), tensor);
        } else if (!index.shardOf().containsKey(tensor.name())) {
          unmapped++;
          example = example == null ? tensor.name() : example;
        }
      }
    }
    requireMappedTensors(holders);
    if (unmapped > 0) {
      warnings.add(Escape.visible(indexFile.toString()) + ": shards hold " + unmapped
          + (unmapped == 1 ? " tensor" : " tensors") + " that the index does not name, left out: "
          + Escape.quoted(example) + (unmapped == 1 ? "" : " and others"));
    }
  }

  private void requireMappedTensors(Map<String, String> holders) {
    index.shardOf().forEach((tensor, shard) -> {
      if (!tensors.containsKey(tensor)) {
        String found = holders.containsKey(tensor) ? "it in " + Escape.quoted(holders.get(tensor)) : "no such tensor";
        throw broken("shard-lacks-tensor", tensor, "expected it in shard " + Escape.quoted(shard) + ", found " + found);
      }
    });
  }

  private void compareTotalSize() {
    long bytes = tensors.values().stream().mapToLong(Tensor::byteSize).sum();
    index.totalSize().ifPresent(stated -> {
      if (stated != bytes) {
        warnings.add(Escape.visible(indexFile.toString()) + ": total_size says " + stated + " bytes, the tensors have "
            + bytes);
      }
    });
  }

  private BadInput broken(String rule, String tensor, String problem) {
    return new BadInput(
        rule, Escape.visible(indexFile.toString()) + ": tensor " + Escape.quoted(tensor) + ": " + problem);
  }
}
