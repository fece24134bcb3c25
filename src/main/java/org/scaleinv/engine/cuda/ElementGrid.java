package org.scaleinv.engine.cuda;

/** Grids of kernels whose threads stride through all elements. */
final class ElementGrid {
  /** Far more than any device runs at once; threads of larger arrays take more elements each. */
  private static final long MOST_BLOCKS = 1 << 16;

  private ElementGrid() {}

  static Driver.Grid of(long elements, int threads, int elementsEach) {
    long blocks = Math.ceilDiv(elements, (long) threads * elementsEach);
    return Driver.Grid.of(Math.clamp(blocks, 1, MOST_BLOCKS), threads);
  }
}
