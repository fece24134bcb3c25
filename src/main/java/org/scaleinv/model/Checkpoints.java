package org.scaleinv.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaleinv.model.CheckpointReader.Found;
import org.scaleinv.safetensors.ModelFiles;

/** Opens models. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Opens a model: a file, a folder, or {@code hf:org/name[@revision]}. The files stay open for positioned reads until
   * the returned handle is closed.
   *
   * @throws org.scaleinv.error.BadInput when it is none, breaks a rule of the format, or has a config.json that is
   *     broken or contradicts the tensors' shapes
   */
  public static OpenCheckpoint open(String model) {
    ModelFiles files = ModelFiles.open(model);
    try {
      Optional<ModelConfig> config = files.config().map(ModelConfig::read);
      Found found = CheckpointReader.read(files.name(), files.path(), files.tensors(), config);
      List<String> warnings = new ArrayList<>(files.warnings());
      warnings.addAll(found.warnings());
      return new Opened(files, found.checkpoint(), List.copyOf(warnings));
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  private record Opened(ModelFiles files, Checkpoint checkpoint, List<String> warnings) implements OpenCheckpoint {
    @Override
    public String digest(int threads) {
      return files.digest(threads);
    }

    @Override
    public void close() {
      files.close();
    }
  }
}
