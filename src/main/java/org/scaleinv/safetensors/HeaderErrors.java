package org.scaleinv.safetensors;

import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;

/** Makes the errors of one header: each names the file, and the tensor while one is being read. */
final class HeaderErrors {
  private final String file;
  private String tensor;

  HeaderErrors(String file) {
    this.file = file;
  }

  /** The tensor that later errors are about; null for none. */
  void reading(String name) {
    tensor = name;
  }

  BadInput broken(String rule, String message) {
    String subject = tensor == null ? "" : "tensor " + Escape.quoted(tensor) + ": ";
    return new BadInput(rule, Escape.visible(file) + ": " + subject + message);
  }
}
