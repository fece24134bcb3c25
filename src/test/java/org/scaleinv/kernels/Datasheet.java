package org.scaleinv.kernels;

import java.util.List;

/**
 * What a device's maker states of it: peak rates without tensor cores.
 *
 * @param bytes a second
 * @param f32 floating-point operations a second
 * @param f64 floating-point operations a second
 */
record Datasheet(String device, double bytes, double f32, double f64) {
  static final List<Datasheet> ALL = List.of(
      new Datasheet("A100 SXM 80GB", 2039e9, 19.5e12, 9.7e12),
      new Datasheet("H100 SXM", 3350e9, 67e12, 34e12),
      new Datasheet("RTX 4090", 1008e9, 82.6e12, 1.29e12));

  /** No launch can take less, whoever wrote the kernel: memory and each arithmetic work at once. */
  Floor floor(KernelCost cost) {
    double moving = cost.bytes() / bytes;
    double single = cost.f32() / f32;
    double twofold = cost.f64() / f64;
    if (moving >= Math.max(single, twofold)) {
      return new Floor(moving, "memory");
    }
    return single >= twofold ? new Floor(single, "F32") : new Floor(twofold, "F64");
  }

  /** @param bound memory, F32 or F64: what takes longest */
  record Floor(double seconds, String bound) {}
}
