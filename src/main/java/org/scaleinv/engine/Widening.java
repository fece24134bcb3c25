package org.scaleinv.engine;

import org.scaleinv.tensor.DType;

/** Conversion of every dtype that widens into a floating-point type the other capabilities compute in. */
public interface Widening {
  /**
   * A new buffer with every element converted, exactly where the target can hold it and rounded to nearest even where
   * it cannot (64-bit integers; F64 to F32).
   *
   * @param target F32 or F64
   */
  Buffer widen(Buffer packed, DType target);
}
