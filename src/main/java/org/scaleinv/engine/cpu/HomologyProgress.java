package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.scaleinv.engine.Persistence;

/**
 * A progress as the function that native code calls. What the progress throws ends the computation and is kept: nothing
 * may be thrown through native code.
 */
final class HomologyProgress {
  private static final int GO_ON = 0;
  private static final int END = 1;

  private final Persistence.Progress progress;
  private final MemorySegment function;
  private RuntimeException thrown;

  HomologyProgress(Persistence.Progress progress, Arena arena) {
    this.progress = progress;
    this.function = progress == Persistence.Progress.NONE ? MemorySegment.NULL : stub(arena);
  }

  MemorySegment function() {
    return function;
  }

  void rethrow() {
    if (thrown != null) {
      throw thrown;
    }
  }

  @SuppressWarnings("restricted")
  private MemorySegment stub(Arena arena) {
    var type = MethodType.methodType(int.class, MemorySegment.class, int.class, long.class, long.class);
    try {
      var handle = MethodHandles.lookup().findVirtual(HomologyProgress.class, "hear", type).bindTo(this);
      var descriptor =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG);
      return Linker.nativeLinker().upcallStub(handle, descriptor, arena);
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private int hear(MemorySegment context, int dimension, long done, long total) {
    try {
      return progress.at(dimension, done, total) ? GO_ON : END;
    } catch (RuntimeException failed) {
      thrown = failed;
      return END;
    }
  }
}
