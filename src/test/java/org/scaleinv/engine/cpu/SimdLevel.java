package org.scaleinv.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.scaleinv.bindings.Scaleinv;

/** The instruction sets that the native kernels are compiled for. */
enum SimdLevel {
  BASELINE(Scaleinv.SCALEINV_SIMD_BASELINE()),
  AVX2(Scaleinv.SCALEINV_SIMD_AVX2()),
  AVX512(Scaleinv.SCALEINV_SIMD_AVX512());

  private final int code;

  SimdLevel(int code) {
    this.code = code;
  }

  /** Limits the process to this set; one that the processor lacks is the best below it. */
  void use() {
    lift();
    int best = Scaleinv.scaleinv_simd_level();
    Scaleinv.scaleinv_simd_limit(code);
    assertEquals(Math.min(code, best), Scaleinv.scaleinv_simd_level());
  }

  static void lift() {
    Scaleinv.scaleinv_simd_limit(AVX512.code);
  }
}
