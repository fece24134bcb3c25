package org.scaleinv.invariant.topology;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Spectra.SingularVectors;
import org.scaleinv.model.clouds.PointCloud;
import org.scaleinv.model.nulls.GaussianCloud;
import org.scaleinv.tensor.DType;

/** A cloud along the eigenvectors of its covariance. */
record PrincipalAxes(int points, int coordinates, SingularVectors decomposition) {

  static PrincipalAxes of(Engine engine, PointCloud cloud) {
    PointCloud centred = cloud.centred();
    MemorySegment values = MemorySegment.ofArray(centred.values());
    try (Buffer matrix = engine.upload(values, DType.F64, cloud.points(), cloud.coordinates())) {
      return new PrincipalAxes(cloud.points(), cloud.coordinates(), engine.spectra().singularVectors(matrix));
    }
  }

  /** How many axes the cloud can extend along. */
  int rank() {
    return Math.min(points - 1, coordinates);
  }

  /** The coordinates along the first {@code count} axes. */
  PointCloud first(int count) {
    int columns = decomposition.values().length;
    double[] values = new double[points * count];
    for (int i = 0; i < points; i++) {
      for (int k = 0; k < count; k++) {
        values[i * count + k] = decomposition.left()[i * columns + k] * decomposition.values()[k];
      }
    }
    return new PointCloud(points, count, values);
  }

  GaussianCloud gaussian() {
    return GaussianCloud.like(decomposition.values(), points, coordinates);
  }

  /** The Gaussian cloud of {@link #first}. */
  GaussianCloud gaussian(int count) {
    return GaussianCloud.like(Arrays.copyOf(decomposition.values(), count), points, count);
  }
}
