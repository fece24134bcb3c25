package org.scaleinv.engine.cuda;

/** Prints the names of all kernels, a line each: the emulated driver knows them, whatever device is under test. */
public final class KernelListing {
  private KernelListing() {}

  public static void main(String[] arguments) {
    JCudaLibraries.loadEmulatedDriver(Cuda.requireEmulator());
    EmulatedKernels.parameters().keySet().forEach(System.out::println);
  }
}
