package org.scaleinv.engine.cuda;

/**
 * What a device is.
 *
 * @param computeMajor of the compute capability, 9 of 9.0
 * @param memory bytes in all
 * @param sharedPerBlock bytes of shared memory that a block may have when a function was given leave
 */
public record DeviceInfo(
    int ordinal, String name, int computeMajor, int computeMinor, long memory, int multiprocessors,
    int sharedPerBlock) {}
