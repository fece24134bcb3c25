package org.scaleinv.run.bench;

import org.scaleinv.tensor.DType;

/**
 * What an operation has to move and to compute at least, counted from its sizes.
 *
 * @param bytes read and written once each, as if caches were without limit
 * @param flops floating-point operations, the leading term; 0 where the operation only moves
 * @param arithmetic F32 or F64: whose matrix product bounds the operation
 * @param counted how both are counted, with the source
 */
public record Cost(double bytes, double flops, DType arithmetic, String counted) {

  /** An operation that computes nothing worth counting. */
  static Cost ofMoving(double bytes, String counted) {
    return new Cost(bytes, 0, DType.F64, counted);
  }
}
