package org.scaleinv.safetensors;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.scaleinv.tensor.Tensor;

/** The files of one model, open for positioned reads: one file, a folder, or a snapshot in the Hugging Face cache. */
public final class ModelFiles implements AutoCloseable {
  private ModelFiles() {}

  /**
   * Opens a safetensors file, a folder that holds {@code model.safetensors} or {@code model.safetensors.index.json},
   * or {@code hf:org/name[@revision]}.
   *
   * @throws org.scaleinv.error.BadInput when it is none of these, or breaks a rule of the format
   */
  public static ModelFiles open(String location) {
    throw new UnsupportedOperationException(location);
  }

  /** Folder's or file's name; "org--name" for a snapshot. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The file or folder. */
  public Path path() {
    throw new UnsupportedOperationException();
  }

  /** All tensors by name. */
  public SortedMap<String, Tensor> tensors() {
    throw new UnsupportedOperationException();
  }

  /** The __metadata__ of the file, or of the index; empty without one. */
  public SortedMap<String, String> metadata() {
    throw new UnsupportedOperationException();
  }

  /** The model's config.json. */
  public Optional<Path> config() {
    throw new UnsupportedOperationException();
  }

  /** What a user should know of how it was read. */
  public List<String> warnings() {
    throw new UnsupportedOperationException();
  }

  /** See {@code OpenCheckpoint.digest}. */
  public String digest(int threads) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
