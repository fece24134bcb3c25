package org.scaleinv.run.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.tensor.DType;

/**
 * An operation made ready on an engine, to be run any number of times: {@link #prepare} and {@link #run} in turn, only
 * the second one timed, and {@link #check} after the last.
 *
 * <p>Not safe for use by several threads at once.
 */
public abstract class Trial implements AutoCloseable {
  private final Engine engine;
  private final Arena arena = Arena.ofShared();
  private final List<Buffer> buffers = new ArrayList<>();
  private Buffer passing;

  Trial(Engine engine) {
    this.engine = engine;
  }

  /** Makes ready for a run. */
  public final void prepare() {
    putBack();
    engine.probe().await();
  }

  /** Runs once, to the end. */
  public final void run() {
    work();
    engine.probe().await();
  }

  /** Puts back what a run uses up, and gives back what the last one made. */
  void putBack() {
    passing(null);
  }

  /** What is timed. */
  abstract void work();

  /** @throws EngineFailure when the answer of the last run is wrong */
  public abstract void check();

  Engine engine() {
    return engine;
  }

  /** Host memory that lives as long as this trial. */
  MemorySegment host(long bytes) {
    return arena.allocate(bytes, Long.BYTES);
  }

  /** A buffer that lives as long as this trial. */
  Buffer keep(Buffer buffer) {
    buffers.add(buffer);
    return buffer;
  }

  /** A buffer that lives until the next one takes its place. */
  final void passing(Buffer buffer) {
    if (passing != null) {
      passing.close();
    }
    passing = buffer;
  }

  Buffer passing() {
    return passing;
  }

  /** A buffer's elements in host memory that lives as long as this trial. */
  MemorySegment downloaded(Buffer buffer) {
    MemorySegment elements = host(buffer.rows() * buffer.columns() * buffer.dtype().bytes());
    engine.download(buffer, elements);
    return elements;
  }

  Buffer upload(double[] elements, long rows, long columns) {
    return engine.upload(MemorySegment.ofArray(elements), DType.F64, rows, columns);
  }

  EngineFailure wrong(String operation, String place, Object expected, Object found) {
    return new EngineFailure(
        engine.name() + " engine: " + operation + " is wrong: " + place + ": expected " + expected + ", found "
            + found);
  }

  /** Fails unless every value lies within {@code allowed} of the expected one. */
  void requireClose(String operation, double[] expected, double[] found, double allowed) {
    if (expected.length != found.length) {
      throw wrong(operation, "number of values", expected.length, found.length);
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= allowed)) {
        throw wrong(operation, "value " + i, expected[i] + " within " + allowed, found[i]);
      }
    }
  }

  @Override
  public void close() {
    passing(null);
    buffers.forEach(Buffer::close);
    arena.close();
  }
}
