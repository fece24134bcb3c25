package org.scaleinv.engine.cuda;

import java.util.Set;

/** The names of all kernels: the emulated driver knows them, whatever device is under test. */
public final class KernelListing {
  private KernelListing() {}

  /** Needs the emulated driver loaded. */
  public static Set<String> names() {
    return EmulatedKernels.parameters().keySet();
  }

  /** Prints them, a line each. */
  public static void main(String[] arguments) {
    JCudaLibraries.loadEmulatedDriver(Cuda.requireEmulator());
    names().forEach(System.out::println);
  }
}
