package org.scaleinv.engine.cpu;

import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.error.EngineFailure;

/**
 * What the CPU engine works with on this machine.
 *
 * @param instructions the widest instruction set in use: "AVX-512", "AVX2", "baseline"
 * @param blas the library behind products and decompositions, with its version and the processor it is tuned to
 * @param problem why the engine cannot work; null where it can
 */
public record CpuFindings(String instructions, String blas, String problem) {
  /** Loads the engine's library and asks it. */
  public static CpuFindings look() {
    try {
      NativeLibrary.load();
    } catch (EngineFailure cannot) {
      return new CpuFindings(null, null, cannot.getMessage());
    }
    return new CpuFindings(instructions(Scaleinv.scaleinv_simd_level()), Native.openBlas(), null);
  }

  private static String instructions(int level) {
    if (level == Scaleinv.SCALEINV_SIMD_AVX512()) {
      return "AVX-512";
    }
    return level == Scaleinv.SCALEINV_SIMD_AVX2() ? "AVX2" : "baseline";
  }
}
