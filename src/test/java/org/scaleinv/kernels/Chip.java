package org.scaleinv.kernels;

import java.util.List;

/**
 * Limits of a compute capability: CUDA C++ Programming Guide, Technical Specifications per Compute Capability. Every one
 * here has 65,536 registers, 255 at most a thread, and 1,024 threads at most a block.
 *
 * @param capability 80 is 8.0
 * @param warps resident on a multiprocessor
 * @param blocks resident on a multiprocessor
 * @param shared bytes of a multiprocessor
 * @param sharedPerBlock bytes, with leave
 */
record Chip(int capability, int warps, int blocks, int shared, int sharedPerBlock) {
  /** Those that the report tells of. */
  static final List<Chip> REPORTED = List.of(
      new Chip(80, 64, 32, 164 << 10, 163 << 10),
      new Chip(90, 64, 32, 228 << 10, 227 << 10),
      new Chip(100, 64, 32, 228 << 10, 227 << 10),
      new Chip(120, 48, 24, 100 << 10, 99 << 10));

  static final int MOST_THREADS = 1024;
  static final int MOST_REGISTERS = 255;
  private static final int REGISTERS = 1 << 16;
  private static final int WARP = 32;

  /** A warp stays in one of the four partitions of a multiprocessor, with a quarter of its registers. */
  private static final int PARTITIONS = 4;

  /** Registers come in units of so many a warp. */
  private static final int REGISTER_UNIT = 256;

  private static final int SHARED_UNIT = 128;

  /** Bytes of shared memory that the system takes of each block. */
  private static final int SHARED_RESERVED = 1 << 10;

  String code() {
    return "sm_" + capability;
  }

  /**
   * How many blocks are resident on one multiprocessor at once, as {@code cuda_occupancy.h} of the CUDA toolkit counts
   * them, with the largest shared memory that the chip can be set to.
   *
   * @param registers of a thread
   * @param threads of a block
   * @param sharedBytes of a block, declared and dynamic
   */
  Occupancy occupancy(int registers, int threads, int sharedBytes) {
    int blockWarps = Math.ceilDiv(threads, WARP);
    int byRegisters = blocksByRegisters(registers, blockWarps);
    int bySharedMemory =
        sharedBytes > sharedPerBlock ? 0 : shared / roundedUp(sharedBytes + SHARED_RESERVED, SHARED_UNIT);
    int byWarps = threads > MOST_THREADS ? 0 : warps / blockWarps;
    int resident = Math.min(Math.min(byRegisters, bySharedMemory), Math.min(byWarps, blocks));
    String limit =
        resident == byWarps ? "warps"
            : resident == blocks ? "blocks"
            : resident == byRegisters ? "registers"
            : "shared memory";
    return new Occupancy(resident, resident * blockWarps, warps, limit);
  }

  private static int blocksByRegisters(int registers, int blockWarps) {
    int ofWarp = roundedUp(registers * WARP, REGISTER_UNIT);
    // a launch is checked as if each of its blocks lay in all partitions alike
    if (registers > MOST_REGISTERS || ofWarp * roundedUp(blockWarps, PARTITIONS) > REGISTERS) {
      return 0;
    }
    return REGISTERS / PARTITIONS / ofWarp * PARTITIONS / blockWarps;
  }

  private static int roundedUp(int count, int unit) {
    return Math.ceilDiv(count, unit) * unit;
  }

  /**
   * @param blocks resident on a multiprocessor
   * @param warps resident on a multiprocessor
   * @param most warps that could be
   * @param limit what allows no more: warps, blocks, registers or shared memory
   */
  record Occupancy(int blocks, int warps, int most, String limit) {
    long percent() {
      return Math.round(100.0 * warps / most);
    }
  }
}
