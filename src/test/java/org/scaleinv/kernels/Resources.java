package org.scaleinv.kernels;

/**
 * What the compiler gave a kernel on one chip.
 *
 * @param registers of a thread
 * @param spillStores bytes a thread
 * @param spillLoads bytes a thread
 * @param stack bytes a thread
 * @param shared bytes a block, those that the kernel declares
 */
record Resources(int registers, int spillStores, int spillLoads, int stack, int shared) {

  boolean keepsToRegisters() {
    return spillStores == 0 && spillLoads == 0 && stack == 0;
  }
}
