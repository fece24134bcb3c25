package org.scaleinv.engine.cuda;

import java.util.List;

/** The driver's functions that the engine calls through JCuda; a test holds the list to the calls really made. */
final class DriverFunctions {
  static final List<String> NAMES = List.of("cuInit", "cuDriverGetVersion", "cuDeviceGetCount", "cuDeviceGet");

  private DriverFunctions() {}
}
