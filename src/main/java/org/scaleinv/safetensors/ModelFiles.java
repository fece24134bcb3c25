package org.scaleinv.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.Tensor;

/** The files of one model, open for positioned reads: one file, a folder, or a snapshot in the Hugging Face cache. */
public final class ModelFiles implements AutoCloseable {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  private static final String SUFFIX = ".safetensors";
  private static final List<String> PYTORCH = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");
  private static final int LISTED = 12;

  private final String name;
  private final Path path;
  private final SortedMap<String, SafetensorsFile> files;
  private final SortedMap<String, Tensor> tensors;
  private final SortedMap<String, String> metadata;
  private final List<String> warnings;

  private ModelFiles(
      Path path,
      SortedMap<String, SafetensorsFile> files,
      SortedMap<String, Tensor> tensors,
      SortedMap<String, String> metadata,
      List<String> warnings) {
    name = nameOf(path);
    this.path = path;
    this.files = files;
    this.tensors = Collections.unmodifiableSortedMap(tensors);
    this.metadata = Collections.unmodifiableSortedMap(metadata);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Opens a safetensors file, a folder that holds {@code model.safetensors} or {@code model.safetensors.index.json},
   * or {@code hf:org/name[@revision]}. Where a folder holds both forms, the single file is read. No file is looked for
   * by pattern, and nothing is downloaded.
   *
   * @throws BadInput when it is none of these, or breaks a rule of the format
   */
  public static ModelFiles open(String location) {
    return open(location, HubCache.of(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  static ModelFiles open(String location, HubCache cache) {
    if (location.startsWith(HubModel.SCHEME)) {
      HubModel model = HubModel.parse(location);
      return openFolder(cache.snapshot(model), "; " + model.download());
    }
    Path path = localPath(location);
    return Files.isDirectory(path) ? openFolder(path, "") : openSingle(path, path, List.of());
  }

  private static Path localPath(String location) {
    try {
      if (location.isEmpty()) {
        throw new BadInput("no-such-file", "expected the path of a model, found an empty one");
      }
      return Path.of(location);
    } catch (InvalidPathException invalid) {
      throw new BadInput(
          "no-such-file",
          Escape.quoted(location) + ": expected a path; one beyond ASCII needs a locale that has it, such as C.UTF-8",
          invalid);
    }
  }

  private static ModelFiles openFolder(Path folder, String advice) {
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    if (Files.exists(single)) {
      List<String> warnings = new ArrayList<>();
      if (Files.exists(index)) {
        warnings.add(Escape.visible(folder.toString()) + ": holds " + SINGLE + " and " + INDEX + "; " + SINGLE
            + " was read");
      }
      return openSingle(folder, single, warnings);
    }
    if (Files.exists(index)) {
      ShardedModel model = ShardedModel.open(folder, index);
      return new ModelFiles(folder, model.shards(), model.tensors(), model.metadata(), model.warnings());
    }
    throw withoutModel(folder, advice);
  }

  private static ModelFiles openSingle(Path path, Path file, List<String> warnings) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    SortedMap<String, SafetensorsFile> files = new TreeMap<>();
    files.put(file.getFileName().toString(), opened);
    return new ModelFiles(path, files, opened.tensors(), opened.metadata(), warnings);
  }

  private static BadInput withoutModel(Path folder, String advice) {
    List<String> present = list(folder);
    String found = present.isEmpty() ? "an empty folder" : String.join(", ", present);
    String problem = Escape.visible(folder.toString()) + ": expected " + SINGLE + " or " + INDEX + ", found " + found;
    return PYTORCH.stream().anyMatch(file -> Files.exists(folder.resolve(file)))
        ? new BadInput("pytorch-only", problem + "; a PyTorch checkpoint: save the model again with "
            + "save_pretrained(folder, safe_serialization=True)")
        : new BadInput("folder-without-model", problem + advice);
  }

  /** Names of the folder's files, sorted, quoted; the first dozen. A link whose target is gone is marked. */
  private static List<String> list(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      List<Path> sorted = content.sorted().toList();
      List<String> names = new ArrayList<>();
      for (Path file : sorted.subList(0, Math.min(LISTED, sorted.size()))) {
        names.add(Escape.quoted(file.getFileName().toString()) + (Files.exists(file) ? "" : " (a link to nothing)"));
      }
      if (sorted.size() > LISTED) {
        names.add(sorted.size() - LISTED + " more");
      }
      return names;
    } catch (IOException failure) {
      throw PositionedFile.unreadable(folder, failure);
    }
  }

  private static String nameOf(Path path) {
    Path full = path.toAbsolutePath().normalize();
    Path named = full.endsWith(SINGLE) && full.getNameCount() > 1 ? full.getParent() : full;
    String last = named.getFileName() == null ? named.toString() : named.getFileName().toString();
    boolean suffix = last.endsWith(SUFFIX) && !Files.isDirectory(named);
    return HubCache.modelName(named).orElse(suffix ? last.substring(0, last.length() - SUFFIX.length()) : last);
  }

  /**
   * The folder's name, for its {@code model.safetensors} too; another file's name without ".safetensors"; "org--name"
   * for a snapshot.
   */
  public String name() {
    return name;
  }

  /** The file or folder. */
  public Path path() {
    return path;
  }

  /** All tensors by name. */
  public SortedMap<String, Tensor> tensors() {
    return tensors;
  }

  /** The __metadata__ of the file, or of the index (values that are not strings as JSON); empty without one. */
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /**
   * The config.json in the folder, or beside a file that is called model.safetensors. What cannot be read is there all
   * the same, a link to nothing too: to go on without it would give other roles without a word.
   */
  public Optional<Path> config() {
    Path folder = Files.isDirectory(path) ? path : path.endsWith(SINGLE) ? path.resolveSibling("") : null;
    return Optional.ofNullable(folder)
        .map(f -> f.resolve("config.json"))
        .filter(config -> Files.exists(config, LinkOption.NOFOLLOW_LINKS));
  }

  /** What a user should know of how it was read. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * SHA-256 of the file where there is one, in lower-case hexadecimal; where there are several, of the lines that
   * sha256sum would print for them, sorted by name. Reads every byte, several files at once.
   */
  public String digest(int threads) {
    return files.size() == 1 ? files.firstEntry().getValue().digest() : Digests.ofFiles(files, threads);
  }

  @Override
  public void close() {
    files.values().forEach(SafetensorsFile::close);
  }
}
