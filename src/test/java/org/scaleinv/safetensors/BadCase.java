package org.scaleinv.safetensors;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An input that must be refused.
 *
 * @param rule the rule that it breaks, as {@code BadInput.rule()} names it
 */
public record BadCase(String name, String rule, Maker maker) {
  /** Writes the files of a case. */
  @FunctionalInterface
  public interface Maker {
    /** Writes into an empty folder, and returns the path to open. */
    Path write(Path folder) throws IOException;
  }

  @Override
  public String toString() {
    return rule + ": " + name;
  }
}
