package org.scaleinv.engine.cuda;

import java.util.Locale;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Widening;
import org.scaleinv.tensor.DType;

/** Widening by {@code kernels/widen.cu}, one kernel a pair of dtypes. */
final class CudaWidening implements Widening {
  private static final int THREADS = 256;

  /** Elements a thread takes where there are enough: four vectors of four, so that four loads are on their way. */
  private static final int ELEMENTS_A_THREAD = 16;

  private final CudaEngine engine;

  CudaWidening(CudaEngine engine) {
    this.engine = engine;
  }

  @Override
  public Buffer widen(Buffer packed, DType target) {
    if (target != DType.F32 && target != DType.F64) {
      throw new IllegalArgumentException("cannot widen to " + target + ", expected F32 or F64");
    }
    CudaBuffer source = engine.own(packed);
    if (!source.dtype().widens()) {
      throw new IllegalArgumentException(source.dtype() + " does not widen to a real number");
    }
    return engine.perform(
        () -> "widening of " + source.describe() + " to " + target,
        () -> {
          CudaBuffer widened = engine.allocate(target, source.rows(), source.columns());
          try {
            convert(source, widened);
            return widened;
          } catch (RuntimeException failed) {
            throw CudaEngine.abandoned(widened, failed);
          }
        });
  }

  private void convert(CudaBuffer source, CudaBuffer widened) {
    if (source.size() == 0) {
      return;
    }
    if (source.dtype() == widened.dtype()) {
      engine.copy(source, widened);
      return;
    }
    engine
        .kernels()
        .launch(
            kernel(source.dtype(), widened.dtype()),
            ElementGrid.of(source.size(), THREADS, ELEMENTS_A_THREAD),
            0,
            source.address(),
            widened.address(),
            source.size());
  }

  static String kernel(DType source, DType target) {
    DType stored = source == DType.BOOL ? DType.U8 : source;
    return "widen_" + stored.name().toLowerCase(Locale.ROOT) + "_" + target.name().toLowerCase(Locale.ROOT);
  }
}
