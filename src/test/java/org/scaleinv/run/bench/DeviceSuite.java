package org.scaleinv.run.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.scaleinv.engine.Metric;
import org.scaleinv.tensor.DType;

/** The operations of {@code scaleinv bench} and those that it leaves out, so that every kernel is launched. */
final class DeviceSuite {
  private DeviceSuite() {}

  /** @param small for an emulated device, and for tools that slow a device down */
  static Suite of(boolean small) {
    Suite usual = small ? Suite.small() : Suite.large();
    int points = small ? 50 : 6000;
    int coordinates = small ? 20 : 768;
    long elements = small ? 1 << 10 : 1 << 26;
    List<Operation> all = new ArrayList<>(usual.operations());
    for (DType source : DType.values()) {
      for (DType target : List.of(DType.F32, DType.F64)) {
        if (source.widens() && source != target) {
          Operation widening = DeviceOperations.widen(source, target, target == DType.F32 ? elements : elements / 2);
          if (!usual.names().contains(widening.name())) {
            all.add(widening);
          }
        }
      }
    }
    // 128 KB a matrix: more than a block may share on some chips
    all.add(SpectraOperations.singularValues(small ? 2 : 512, 128, 128));
    all.add(SpectraOperations.singularVectors(small ? 128 : 8192, 128));
    all.add(DeviceOperations.finite(elements / 2));
    for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.MANHATTAN, Metric.CHEBYSHEV)) {
      all.add(DeviceOperations.near(metric, points, coordinates));
    }
    all.add(DeviceOperations.standardise(points, coordinates));
    return new Suite(List.copyOf(all), usual.copyBytes(), usual.productOrder());
  }

  /** What stands before the first dot in the operations' names. */
  static Stream<String> groups() {
    return of(true).names().stream().map(name -> name.split("\\.")[0]).distinct();
  }
}
