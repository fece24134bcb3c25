package org.scaleinv.kernels;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a kernel is launched and what it has to do at least, at stated sizes: one cost line of its file's head.
 *
 * @param file that it stands in
 * @param sizes by name, in the order of the line
 * @param block threads
 * @param dynamic an expression: the bytes of dynamic shared memory that the engine asks for; {@code limit} in it is what
 *     a block may use on the chip
 * @param bytes read and written once each
 * @param f32 floating-point operations in single precision
 * @param f64 floating-point operations in double precision
 * @param preparation whether its time does not count beside that of the kernels that it prepares for
 */
record KernelCost(
    String kernel, String file, Map<String, Double> sizes, int block, String dynamic, double bytes, double f32,
    double f64, boolean preparation) {

  /** Bytes of dynamic shared memory. */
  int dynamic(Chip chip) {
    Map<String, Double> names = new TreeMap<>(sizes);
    names.put("limit", (double) chip.sharedPerBlock());
    return (int) Expression.value(dynamic, names);
  }
}
