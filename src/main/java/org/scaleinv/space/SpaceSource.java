package org.scaleinv.space;

import java.lang.foreign.MemorySegment;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.CheckedDistances;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Tensor;

/** An input of which is known what it is and how large; its numbers may still lie in the file. */
public final class SpaceSource implements AutoCloseable {
  private final String name;
  private final String format;
  private final Form form;
  private final Tensor tensor;
  private final DistanceGraph graph;
  private final int[] rowLines;
  private AutoCloseable file = () -> {};

  private SpaceSource(
      String name, String format, Form form, Tensor tensor, DistanceGraph graph, int[] rowLines) {
    this.name = name;
    this.format = format;
    this.form = form;
    this.tensor = tensor;
    this.graph = graph;
    this.rowLines = rowLines;
  }

  /**
   * @param format of the file, in words
   * @param tensor any type that is a real number: (points, coordinates), (n, n), or (n(n − 1)/2) for a triangle
   * @param rowLines the line of the text that each row stands on; null where there are none
   */
  static SpaceSource of(String name, String format, Form form, Tensor tensor, int[] rowLines) {
    return new SpaceSource(name, format, form, tensor, null, rowLines);
  }

  static SpaceSource of(String name, DistanceGraph graph) {
    return new SpaceSource(name, "text", Form.GRAPH, null, graph, null);
  }

  /** Closes the file with the source. */
  SpaceSource owning(AutoCloseable opened) {
    file = opened;
    return this;
  }

  public String name() {
    return name;
  }

  public Form form() {
    return form;
  }

  /** What was found, in a few words. */
  public String description() {
    return format + ", " + switch (form) {
      case POINTS -> points() + " points in dimension " + coordinates();
      case LOWER -> "the lower triangle of a distance matrix of " + points() + " points";
      case UPPER -> "the upper triangle of a distance matrix of " + points() + " points";
      case SQUARE -> "a distance matrix of " + points() + " points";
      case GRAPH -> "the distances of " + graph.pairs() + " pairs of " + points() + " points";
    };
  }

  public long points() {
    return switch (form) {
      case POINTS, SQUARE -> tensor.shape().extent(0);
      case LOWER, UPPER -> Shapes.pointsOfTriangle(tensor.shape().size());
      case GRAPH -> graph.points();
    };
  }

  /** Of points; 0 for distances. */
  public long coordinates() {
    return form == Form.POINTS ? tensor.shape().extent(1) : 0;
  }

  /** Listed pairs of a graph; all there are otherwise. */
  public long pairs() {
    return form == Form.GRAPH ? graph.pairs() : points() * (points() - 1) / 2;
  }

  /**
   * Reads the numbers into an engine's memory.
   *
   * @throws BadInput naming the entry that no distance matrix holds, or that no point has
   */
  public Space load(Engine engine, int threads) {
    return switch (form) {
      case POINTS -> new Space.Points(points(engine));
      case GRAPH -> new Space.Graph(graph);
      case LOWER, UPPER, SQUARE -> new Space.Distances(sound(engine, threads));
    };
  }

  private Buffer points(Engine engine) {
    Matrix matrix = Matrix.of(FloatTensor.finite(tensor, name));
    return engine.upload(matrix, matrix.whole());
  }

  /** So many points (at most), evenly spaced in the file: (count, coordinates). */
  public Buffer sample(Engine engine, int count) {
    Tensor floats = FloatTensor.finite(tensor, name);
    int width = (int) coordinates();
    int chosen = (int) Math.min(count, points());
    float[] sample = new float[chosen * width];
    for (int i = 0; i < chosen; i++) {
      long row = i * points() / chosen;
      floats.read(row * width * Float.BYTES,
          MemorySegment.ofArray(sample).asSlice((long) i * width * Float.BYTES, (long) width * Float.BYTES));
    }
    return engine.upload(MemorySegment.ofArray(sample), DType.F32, chosen, width);
  }

  /** The distances, sound: the buffer of those that are not is closed. */
  public CheckedDistances sound(CheckedDistances matrix) {
    if (matrix.fault() != null) {
      matrix.close();
      throw fault(matrix.fault());
    }
    return matrix;
  }

  private CheckedDistances sound(Engine engine, int threads) {
    return sound(engine.distances().matrix(FloatTensor.of(tensor, name), form.packing(), threads));
  }

  private BadInput fault(CheckedDistances.Fault fault) {
    String place = name + ": " + line(fault.row()) + "entry (" + fault.row() + ", " + fault.column() + "), from 0: ";
    if (form == Form.POINTS) {
      long point = fault.row() == fault.column() ? fault.row() : fault.column();
      return new BadInput(
          "no-distance", name + ": " + line(point) + "point " + point + ", from 0: expected a point with a distance "
              + "from others by this metric, found " + fault.entry());
    }
    if (fault.row() == fault.column()) {
      return new BadInput("diagonal", place + "expected 0 on the diagonal, found " + fault.entry());
    }
    if (!(fault.entry() >= 0)) {
      return new BadInput("no-distance", place + "expected a distance of 0 or more, found " + fault.entry());
    }
    return new BadInput(
        "asymmetric", place + "expected a symmetric matrix, found " + fault.entry() + " and, mirrored, "
            + fault.mirrored());
  }

  private String line(long row) {
    boolean known = rowLines != null && (form == Form.SQUARE || form == Form.POINTS);
    return known ? "line " + rowLines[(int) row] + ", " : "";
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception unforeseen) {
      throw new IllegalStateException(unforeseen);
    }
  }
}
