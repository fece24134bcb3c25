package org.scaleinv.run;

import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;

/**
 * What an engine has done on a device so far.
 *
 * @param launches how often each kernel was launched
 * @param handedToCpu how often each operation was given to the CPU
 */
record DeviceUse(SortedMap<String, Long> launches, SortedMap<String, Long> handedToCpu) {
  static DeviceUse of(Engine engine) {
    return new DeviceUse(engine.launches(), engine.handedToCpu());
  }

  /** What was done since an earlier moment: of one model, where models are measured one after the other. */
  DeviceUse since(DeviceUse earlier) {
    return new DeviceUse(
        difference(launches, earlier.launches), difference(handedToCpu, earlier.handedToCpu));
  }

  private static SortedMap<String, Long> difference(SortedMap<String, Long> now, SortedMap<String, Long> earlier) {
    SortedMap<String, Long> difference = new TreeMap<>();
    now.forEach((name, count) -> {
      long more = count - earlier.getOrDefault(name, 0L);
      if (more != 0) {
        difference.put(name, more);
      }
    });
    return difference;
  }
}
