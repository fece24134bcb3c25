package org.scaleinv.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves out tests whose tag names data that is too large for the repository and not on this machine. The report names
 * each of them with the file it wants. Registered for every test through {@code META-INF/services}.
 */
public final class LargeData implements ExecutionCondition {
  private static final Map<String, String> FILE_BY_TAG =
      Map.of("needs-minilm", "all-MiniLM-L6-v2/model.safetensors");

  /** The folder of large data: {@code SCALEINV_DATA}, else {@code ~/.cache/scaleinv-data}. */
  public static Path folder() {
    String configured = System.getenv("SCALEINV_DATA");
    return configured == null || configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "scaleinv-data")
        : Path.of(configured);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    for (String tag : context.getTags()) {
      String file = FILE_BY_TAG.get(tag);
      if (file != null && !Files.isRegularFile(folder().resolve(file))) {
        return ConditionEvaluationResult.disabled(tag + ": no " + folder().resolve(file));
      }
    }
    return ConditionEvaluationResult.enabled("all data is here");
  }
}
