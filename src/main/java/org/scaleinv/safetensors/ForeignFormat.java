package org.scaleinv.safetensors;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What people hand over instead of a safetensors file, told by its first bytes.
 *
 * @param rule the name of the broken rule
 * @param description what the file is and what to do
 */
record ForeignFormat(String rule, String description) {
  private static final String CONVERT = "save it with safetensors.torch.save_file";

  /** Bytes of the file's head that are enough to tell. */
  static final int HEAD = 64;

  /**
   * Only for a file whose header length is impossible: a sound file may begin with the same two bytes as a pickle.
   *
   * @param head the first bytes, {@link #HEAD} of them where the file has as many
   */
  static Optional<ForeignFormat> of(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    String text = start.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("version https://git-lfs")) {
      return known("git-lfs-pointer", "a git-LFS pointer, not the file itself; fetch it with: git lfs pull");
    }
    if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
      return known("html-page", "an HTML or XML page, perhaps a login page saved as a model; download it again");
    }
    if (start.startsWith("PK\u0003\u0004")) {
      return known("pytorch-zip", "a ZIP archive, perhaps a PyTorch checkpoint; " + CONVERT);
    }
    if (start.length() > 1 && start.charAt(0) == 0x80 && start.charAt(1) >= 2 && start.charAt(1) <= 5) {
      return known("pickle", "a Python pickle, perhaps a PyTorch checkpoint; " + CONVERT);
    }
    if (start.startsWith("GGUF")) {
      return known("gguf", "a GGUF file, the format of llama.cpp; use the model's safetensors files");
    }
    if (start.startsWith("\u0089HDF\r\n\u001a\n")) {
      return known("hdf5", "an HDF5 file, perhaps a Keras checkpoint; use the model's safetensors files");
    }
    return Optional.empty();
  }

  private static Optional<ForeignFormat> known(String rule, String description) {
    return Optional.of(new ForeignFormat(rule, description));
  }
}
