package org.scaleinv.engine.cpu;

import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Widening;
import org.scaleinv.tensor.DType;

/** Widening by the native kernels. */
final class CpuWidening implements Widening {
  private final CpuEngine engine;

  CpuWidening(CpuEngine engine) {
    this.engine = engine;
  }

  @Override
  public Buffer widen(Buffer packed, DType target) {
    if (target != DType.F32 && target != DType.F64) {
      throw new IllegalArgumentException("cannot widen to " + target + ", expected F32 or F64");
    }
    CpuBuffer source = engine.own(packed);
    int sourceType = code(source.dtype());
    var widened = new CpuBuffer(engine, target, source.rows(), source.columns());
    try {
      Native.check(
          Scaleinv.scaleinv_widen(
              sourceType, source.elements(), source.size(), code(target), widened.elements()),
          () -> "widen " + source.describe() + " to " + target);
      return widened;
    } catch (RuntimeException failed) {
      widened.close();
      throw failed;
    }
  }

  static int code(DType dtype) {
    return switch (dtype) {
      case BOOL -> Scaleinv.SCALEINV_BOOL();
      case U8 -> Scaleinv.SCALEINV_U8();
      case I8 -> Scaleinv.SCALEINV_I8();
      case F8_E5M2 -> Scaleinv.SCALEINV_F8_E5M2();
      case F8_E4M3 -> Scaleinv.SCALEINV_F8_E4M3();
      case F8_E8M0 -> Scaleinv.SCALEINV_F8_E8M0();
      case F8_E4M3FNUZ -> Scaleinv.SCALEINV_F8_E4M3FNUZ();
      case F8_E5M2FNUZ -> Scaleinv.SCALEINV_F8_E5M2FNUZ();
      case I16 -> Scaleinv.SCALEINV_I16();
      case U16 -> Scaleinv.SCALEINV_U16();
      case F16 -> Scaleinv.SCALEINV_F16();
      case BF16 -> Scaleinv.SCALEINV_BF16();
      case I32 -> Scaleinv.SCALEINV_I32();
      case U32 -> Scaleinv.SCALEINV_U32();
      case F32 -> Scaleinv.SCALEINV_F32();
      case F64 -> Scaleinv.SCALEINV_F64();
      case I64 -> Scaleinv.SCALEINV_I64();
      case U64 -> Scaleinv.SCALEINV_U64();
      case F4, F6_E2M3, F6_E3M2, C64 -> throw new IllegalArgumentException(dtype + " does not widen to a real number");
    };
  }
}
