package org.scaleinv.engine.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.CheckedDistances;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Packing;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Tensor;

/** Distances by the native kernels. */
final class CpuDistances implements Distances {
  private final CpuEngine engine;
  private final long mostPairs;

  CpuDistances(CpuEngine engine) {
    this(engine, DistanceGraph.MOST_PAIRS);
  }

  CpuDistances(CpuEngine engine, long mostPairs) {
    this.engine = engine;
    this.mostPairs = mostPairs;
  }

  @Override
  public Buffer rows(Buffer points, Metric metric, long from, long count, int threads) {
    CpuBuffer source = floats(points);
    if (from < 0 || count < 0 || count > source.rows() - from) {
      throw new IllegalArgumentException(
          "rows " + from + " to " + from + " + " + count + " of the distances of " + source.rows() + " points");
    }
    var rows = new CpuBuffer(engine, DType.F32, count, source.rows());
    try (var prepared = new Prepared(source, metric, threads)) {
      prepared.distances(from, count, rows.elements());
      return rows;
    } catch (RuntimeException failed) {
      rows.close();
      throw failed;
    }
  }

  @Override
  public void stream(Buffer points, Metric metric, int threads, RowSink sink) {
    CpuBuffer source = floats(points);
    try (var prepared = new Prepared(source, metric, threads)) {
      RowBlocks.stream(engine, source.rows(), prepared::distances, sink);
    }
  }

  @Override
  public DistanceGraph within(Buffer points, Metric metric, float threshold, int threads) {
    CpuBuffer source = floats(points);
    try (var prepared = new Prepared(source, metric, threads)) {
      return prepared.within(threshold);
    }
  }

  /** {@inheritDoc} A triangle is read to where the matrix will be, so that there is no second copy. */
  @Override
  public CheckedDistances matrix(Tensor given, Packing packing, int threads) {
    long points = packing == Packing.SQUARE ? given.shape().extent(0) : Packing.pointsOfTriangle(given.shape().size());
    if (given.dtype() != DType.F32 || points < 0 || points * points < given.shape().size()) {
      throw new IllegalArgumentException(
          given.dtype() + " " + given.shape() + " is no " + packing + " distance matrix");
    }
    var matrix = new CpuBuffer(engine, DType.F32, points, points);
    try {
      given.read(0, matrix.elements().asSlice(0, given.byteSize()));
      return completed(matrix, packing, threads);
    } catch (RuntimeException failed) {
      matrix.close();
      throw failed;
    }
  }

  @Override
  public CheckedDistances checked(Buffer distances, int threads) {
    CpuBuffer matrix = engine.own(distances);
    if (matrix.dtype() != DType.F32 || matrix.rows() != matrix.columns()) {
      throw new IllegalArgumentException("a buffer " + matrix.describe() + " where F32 n x n is needed");
    }
    return completed(matrix, Packing.SQUARE, threads);
  }

  private static CheckedDistances completed(CpuBuffer matrix, Packing packing, int threads) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment range = arena.allocate(ValueLayout.JAVA_FLOAT, 3);
      MemorySegment fault = arena.allocate(ValueLayout.JAVA_LONG, 2);
      Native.check(
          Scaleinv.scaleinv_distance_matrix(
              matrix.elements(), matrix.rows(), code(packing), threads, range, fault),
          () -> packing + " distance matrix of " + matrix.rows() + " points");
      return new CheckedDistances(
          matrix,
          range.getAtIndex(ValueLayout.JAVA_FLOAT, 0),
          range.getAtIndex(ValueLayout.JAVA_FLOAT, 1),
          range.getAtIndex(ValueLayout.JAVA_FLOAT, 2),
          fault(matrix, fault.getAtIndex(ValueLayout.JAVA_LONG, 0), fault.getAtIndex(ValueLayout.JAVA_LONG, 1)));
    }
  }

  private static CheckedDistances.Fault fault(CpuBuffer matrix, long row, long column) {
    if (row < 0) {
      return null;
    }
    float entry = matrix.elements().getAtIndex(ValueLayout.JAVA_FLOAT, row * matrix.columns() + column);
    float mirrored = matrix.elements().getAtIndex(ValueLayout.JAVA_FLOAT, column * matrix.columns() + row);
    return new CheckedDistances.Fault(row, column, entry, mirrored);
  }

  private static int code(Packing packing) {
    return switch (packing) {
      case LOWER -> Scaleinv.SCALEINV_PACKING_LOWER();
      case UPPER -> Scaleinv.SCALEINV_PACKING_UPPER();
      case SQUARE -> Scaleinv.SCALEINV_PACKING_SQUARE();
    };
  }

  private CpuBuffer floats(Buffer buffer) {
    CpuBuffer mine = engine.own(buffer);
    if (mine.dtype() != DType.F32) {
      throw new IllegalArgumentException("a buffer " + mine.describe() + " where F32 is needed");
    }
    if (mine.columns() == 0) {
      throw new IllegalArgumentException("distances need a coordinate of each point, the buffer is " + mine.describe());
    }
    return mine;
  }

  private static int code(Metric metric) {
    return switch (metric) {
      case EUCLIDEAN -> Scaleinv.SCALEINV_METRIC_EUCLIDEAN();
      case SQUARED_EUCLIDEAN -> Scaleinv.SCALEINV_METRIC_SQUARED_EUCLIDEAN();
      case COSINE -> Scaleinv.SCALEINV_METRIC_COSINE();
      case MANHATTAN -> Scaleinv.SCALEINV_METRIC_MANHATTAN();
      case CHEBYSHEV -> Scaleinv.SCALEINV_METRIC_CHEBYSHEV();
      case CORRELATION -> Scaleinv.SCALEINV_METRIC_CORRELATION();
    };
  }

  /** Points in the form that the native kernels read. */
  private final class Prepared implements AutoCloseable {
    private final long count;
    private final int threads;
    private final String description;
    private final MemorySegment handle;

    Prepared(CpuBuffer source, Metric metric, int threads) {
      this.count = source.rows();
      this.threads = threads;
      this.description = metric + " distances of " + source.describe();
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment address = arena.allocate(ValueLayout.ADDRESS);
        Native.check(
            Scaleinv.scaleinv_points_prepare(
                source.elements(), count, source.columns(), code(metric), threads, address),
            () -> description);
        handle = address.get(ValueLayout.ADDRESS, 0);
      }
    }

    void distances(long from, long rows, MemorySegment target) {
      Native.check(
          Scaleinv.scaleinv_distances(handle, from, rows, threads, target),
          () -> description + ", rows " + from + " to " + (from + rows));
    }

    DistanceGraph within(float threshold) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment offsets = arena.allocate(ValueLayout.JAVA_LONG, count + 1);
        MemorySegment address = arena.allocate(ValueLayout.ADDRESS);
        Native.check(
            Scaleinv.scaleinv_graph_find(handle, threshold, mostPairs, threads, offsets, address),
            () -> description + " within " + threshold);
        MemorySegment graph = address.get(ValueLayout.ADDRESS, 0);
        try {
          return pairs(graph, offsets.toArray(ValueLayout.JAVA_LONG));
        } finally {
          Scaleinv.scaleinv_graph_release(graph);
        }
      }
    }

    private DistanceGraph pairs(MemorySegment graph, long[] offsets) {
      long pairs = offsets[offsets.length - 1];
      try (var partners = new CpuBuffer(engine, DType.I32, 1, pairs);
          var lengths = new CpuBuffer(engine, DType.F32, 1, pairs)) {
        Native.check(
            Scaleinv.scaleinv_graph_pairs(graph, partners.elements(), lengths.elements()),
            () -> description + ", " + pairs + " pairs");
        return new DistanceGraph(
            offsets,
            partners.elements().toArray(ValueLayout.JAVA_INT),
            lengths.elements().toArray(ValueLayout.JAVA_FLOAT));
      }
    }

    @Override
    public void close() {
      Scaleinv.scaleinv_points_release(handle);
    }
  }
}
