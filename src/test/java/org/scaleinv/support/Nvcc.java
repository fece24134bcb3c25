package org.scaleinv.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves out tests with the tag {@code needs-nvcc} where the kernels could not be compiled, and those with {@code
 * needs-reported-nvcc} where nvcc is not of the version that the page on CUDA reports of. Registered for every test
 * through {@code META-INF/services}.
 */
public final class Nvcc implements ExecutionCondition {
  private static final String TAG = "needs-nvcc";
  private static final String REPORTED_TAG = "needs-reported-nvcc";

  /** Begins with nvcc's version; written when the kernels are compiled. */
  private static final Path RESOURCES = Path.of("target", "native", "kernels", "resources.txt");

  private static final Path PAGE = Path.of("docs", "gpu.md");

  /** The kernels in nvcc's assembly; written by the build of the native tests. */
  public static final Path PTX = Path.of("target", "native", "kernels", "kernels.ptx");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTags().contains(TAG) && !Files.isRegularFile(PTX)) {
      return ConditionEvaluationResult.disabled(TAG + ": nvcc has not compiled the kernels");
    }
    if (context.getTags().contains(REPORTED_TAG) && !isReported()) {
      return ConditionEvaluationResult
          .disabled(REPORTED_TAG + ": " + PAGE + " does not report of the nvcc that is here");
    }
    return ConditionEvaluationResult.enabled("nvcc is here or not needed");
  }

  private static boolean isReported() {
    try {
      return Files.isRegularFile(RESOURCES)
          && Files.readString(PAGE).contains("From " + Files.readAllLines(RESOURCES).getFirst() + ",");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
