package org.scaleinv.support;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves out tests with the tag {@code needs-nvcc} where the kernels could not be compiled. Registered for every test
 * through {@code META-INF/services}.
 */
public final class Nvcc implements ExecutionCondition {
  private static final String TAG = "needs-nvcc";

  /** The kernels in nvcc's assembly; written by the build of the native tests. */
  public static final Path PTX = Path.of("target", "native", "kernels", "kernels.ptx");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context.getTags().contains(TAG) && !Files.isRegularFile(PTX)
        ? ConditionEvaluationResult.disabled(TAG + ": nvcc has not compiled the kernels")
        : ConditionEvaluationResult.enabled("nvcc is here or not needed");
  }
}
