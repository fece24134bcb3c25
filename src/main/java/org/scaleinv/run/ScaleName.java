package org.scaleinv.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.safetensors.Sha256;
import org.scaleinv.tensor.Tensor;

/**
 * Names a model's scale, "64x4/198272#1f0c3a52": width, depth, parameters without embeddings, and a hash of all
 * tensors' names and shapes. Models with equal names and shapes, and no others, are seeds of one scale.
 */
final class ScaleName {
  private static final int HASH_BYTES = 4;

  private ScaleName() {}

  static String of(Checkpoint model) {
    return orUnknown(model.width()) + "x" + orUnknown(model.depth()) + "/" + model.parametersWithoutEmbeddings() + "#"
        + hash(model);
  }

  private static String orUnknown(Integer number) {
    return number == null ? "?" : number.toString();
  }

  private static String hash(Checkpoint model) {
    MessageDigest digest = Sha256.start();
    for (Tensor tensor : model.tensors().values()) {
      String line = tensor.name().length() + ":" + tensor.name() + tensor.shape() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }
}
