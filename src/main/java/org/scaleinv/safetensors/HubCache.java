package org.scaleinv.safetensors;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;

/**
 * The local Hugging Face cache, laid out as {@code models--org--name/refs/REVISION} (a commit) and
 * {@code models--org--name/snapshots/COMMIT/} (links into {@code blobs/}). Nothing is ever downloaded.
 */
final class HubCache {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern COMMIT_PREFIX = Pattern.compile("[0-9a-f]{4,40}");

  private final Path root;

  HubCache(Path root) {
    this.root = root;
  }

  /** The cache that huggingface_hub itself would use under these environment variables. */
  static HubCache of(Map<String, String> environment, Path home) {
    Optional<Path> direct = folder(environment, "HF_HUB_CACHE", home);
    Optional<Path> hugging = folder(environment, "HF_HOME", home).map(path -> path.resolve("hub"));
    Optional<Path> xdg = folder(environment, "XDG_CACHE_HOME", home).map(path -> path.resolve("huggingface/hub"));
    return new HubCache(
        direct.or(() -> hugging).or(() -> xdg).orElseGet(() -> home.resolve(".cache/huggingface/hub")));
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable, Path home) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(value -> value.startsWith("~/") ? home.resolve(value.substring(2)) : Path.of(value));
  }

  /** The snapshot folder of a model that is in the cache. */
  Path snapshot(HubModel model) {
    Path repository = root.resolve("models--" + model.id().replace("/", "--"));
    return commit(repository, model.revision().orElse("main"))
        .map(commit -> repository.resolve("snapshots").resolve(commit))
        .filter(Files::isDirectory)
        .orElseThrow(() -> new BadInput(
            "not-in-cache",
            model + ": expected it in the local cache " + Escape.visible(root.toString()) + ", found nothing; "
                + model.download()));
  }

  private static Optional<String> commit(Path repository, String revision) {
    Path reference = repository.resolve("refs").resolve(revision);
    if (Files.isRegularFile(reference)) {
      return Optional.of(readCommit(reference));
    }
    return COMMIT_PREFIX.matcher(revision).matches() ? commitBeginning(repository, revision) : Optional.empty();
  }

  private static String readCommit(Path reference) {
    try {
      String commit = Files.readString(reference).strip();
      if (!COMMIT.matcher(commit).matches()) {
        throw new BadInput(
            "cache-reference", Escape.visible(reference.toString()) + ": expected a commit of 40 hexadecimal digits, "
                + "found " + Escape.quoted(commit));
      }
      return commit;
    } catch (IOException failure) {
      throw PositionedFile.unreadable(reference, failure);
    }
  }

  private static Optional<String> commitBeginning(Path repository, String prefix) {
    Path snapshots = repository.resolve("snapshots");
    if (!Files.isDirectory(snapshots)) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> commits = Files.newDirectoryStream(snapshots)) {
      for (Path commit : commits) {
        String name = commit.getFileName().toString();
        if (name.startsWith(prefix)) {
          found.add(name);
        }
      }
    } catch (IOException failure) {
      throw PositionedFile.unreadable(snapshots, failure);
    }
    if (found.size() > 1) {
      throw new BadInput(
          "commit-ambiguous", Escape.visible(snapshots.toString()) + ": expected one commit that begins with " + prefix
              + ", found " + found.size());
    }
    return found.stream().findFirst();
  }

  /** "org--name" for a snapshot folder of any such cache. */
  static Optional<String> modelName(Path folder) {
    return repository(folder).map(path -> path.getFileName().toString()).filter(name -> name.startsWith("models--"))
        .map(name -> name.substring("models--".length()));
  }

  /** The folder that the links of a snapshot lead into. */
  static Optional<Path> blobs(Path folder) {
    return repository(folder).map(path -> path.resolve("blobs")).filter(Files::isDirectory);
  }

  private static Optional<Path> repository(Path folder) {
    Path snapshots = folder.toAbsolutePath().normalize().getParent();
    boolean inside = snapshots != null && snapshots.endsWith("snapshots");
    return inside ? Optional.ofNullable(snapshots.getParent()) : Optional.empty();
  }
}
