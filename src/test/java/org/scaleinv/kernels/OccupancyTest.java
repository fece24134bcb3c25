package org.scaleinv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked by hand from the limits of the chips. */
class OccupancyTest {

  @ParameterizedTest
  @CsvSource({
    // 32 registers: 1,024 a warp, 16 warps a partition, so 64; the chip's 64 warps are 8 blocks of 8
    "80, 32, 256, 0, 8, 64, warps",
    // 33 become 40: 1,280 a warp, 12 a partition, 48 in all
    "80, 33, 256, 0, 6, 48, registers",
    "120, 33, 256, 0, 6, 48, warps",
    // 41 become 48: 1,536 a warp, 10 a partition, 40 in all: 5 blocks of 8
    "80, 41, 256, 0, 5, 40, registers",
    // 200: 6,400 a warp, 2 a partition although 10 would fit the whole: 4 blocks of 2, not 5
    "80, 200, 64, 11024, 4, 8, registers",
    // 168: 5,376 a warp, 3 a partition: 12
    "80, 168, 64, 11024, 6, 12, registers",
    // 33,792 + 1,024 are 34,816, 4 of which lie in 164 KB and 2 in 100 KB; 6 in 228 KB, where 64 registers allow 4
    "80, 64, 256, 33792, 4, 32, registers",
    "80, 32, 256, 33792, 4, 32, shared memory",
    "90, 64, 256, 33792, 4, 32, registers",
    "90, 32, 256, 33792, 6, 48, shared memory",
    "120, 32, 256, 33792, 2, 16, shared memory",
    // one byte takes 1,152: 1,024 of the system, and a unit of 128; 145 of them would fit
    "80, 16, 32, 1, 32, 32, blocks",
    "120, 16, 32, 1, 24, 24, blocks",
    // all that a block may have, and a byte more
    "80, 32, 64, 166912, 1, 2, shared memory",
    "80, 32, 64, 166913, 0, 0, shared memory",
    "120, 32, 64, 101376, 1, 2, shared memory",
    "120, 32, 64, 101377, 0, 0, shared memory",
    // 1,024 threads leave 64 registers each
    "90, 64, 1024, 0, 1, 32, registers",
    "90, 65, 1024, 0, 0, 0, registers",
    "90, 32, 1056, 0, 0, 0, warps"})
  void blocksOfAMultiprocessor(
      int capability, int registers, int threads, int shared, int blocks, int warps, String limit) {
    Chip chip = Chip.REPORTED.stream().filter(each -> each.capability() == capability).findFirst().orElseThrow();
    assertEquals(
        new Chip.Occupancy(blocks, warps, chip.warps(), limit), chip.occupancy(registers, threads, shared));
  }
}
