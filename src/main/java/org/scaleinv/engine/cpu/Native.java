package org.scaleinv.engine.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.error.EngineFailure;

/** Turns the status of a native call into an exception. */
final class Native {
  private static final long LONGEST_TEXT = 512;

  private Native() {}

  /** @param operation what was asked for, with its sizes */
  static void check(int status, Supplier<String> operation) {
    if (status != Scaleinv.SCALEINV_OK()) {
      throw new EngineFailure("cpu engine: " + operation.get() + ": " + lastError());
    }
  }

  @SuppressWarnings("restricted")
  private static String lastError() {
    return Scaleinv.scaleinv_last_error().reinterpret(LONGEST_TEXT).getString(0);
  }

  /** OpenBLAS's own description of itself. */
  @SuppressWarnings("restricted")
  static String openBlas() {
    return Scaleinv.scaleinv_openblas().reinterpret(LONGEST_TEXT).getString(0).strip();
  }

  static double[] doubles(MemorySegment segment, long count) {
    return segment.asSlice(0, count * Double.BYTES).toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
  }
}
