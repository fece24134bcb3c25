package org.scaleinv.model.clouds;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.tensor.DType;

/**
 * Points of a space. Immutable by agreement: nobody writes into the values.
 *
 * @param values (points, coordinates) row-major, finite
 */
public record PointCloud(int points, int coordinates, double[] values) {
  public PointCloud {
    if (values.length != (long) points * coordinates) {
      throw new IllegalArgumentException(points + " points of " + coordinates + " in " + values.length + " numbers");
    }
  }

  /** Some of the points, in the order given. */
  public PointCloud of(int[] chosen) {
    double[] rows = new double[chosen.length * coordinates];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * coordinates, rows, i * coordinates, coordinates);
    }
    return new PointCloud(chosen.length, coordinates, rows);
  }

  /** The same points, their mean at the origin. */
  public PointCloud centred() {
    double[] mean = new double[coordinates];
    for (int i = 0; i < values.length; i++) {
      mean[i % coordinates] += values[i] / points;
    }
    double[] rows = values.clone();
    for (int i = 0; i < rows.length; i++) {
      rows[i] -= mean[i % coordinates];
    }
    return new PointCloud(points, coordinates, rows);
  }

  /**
   * The points in F32, (points, coordinates), for the engine's distances; the caller's to close. They are multiplied by
   * a power of two that brings the largest coordinate to between ½ and 1, so that no unit leaves the range of F32.
   */
  public Buffer upload(Engine engine) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest) + 1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(ValueLayout.JAVA_FLOAT, values.length);
      for (int i = 0; i < values.length; i++) {
        host.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) Math.scalb(values[i], -exponent));
      }
      return engine.upload(host, DType.F32, points, coordinates);
    }
  }
}
