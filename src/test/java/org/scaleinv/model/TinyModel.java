package org.scaleinv.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.model.CheckpointReader.Found;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/** A model in memory whose F32 elements are 1, 2, 3, … through all its tensors, so that each value names its place. */
final class TinyModel {
  private final SortedMap<String, Tensor> tensors = new TreeMap<>();
  private Optional<ModelConfig> config = Optional.empty();
  private int next = 1;

  TinyModel tensor(String name, long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = next++;
    }
    tensors.put(name, Tensor.of(name, DType.F32, shape, MemorySegment.ofArray(values)));
    return this;
  }

  TinyModel typed(String name, DType dtype, long... extents) {
    Shape shape = Shape.of(extents);
    MemorySegment zeros = MemorySegment.ofArray(new byte[(int) (shape.size() * dtype.bits() / 8)]);
    tensors.put(name, Tensor.of(name, dtype, shape, zeros));
    return this;
  }

  TinyModel config(String json) {
    try {
      config = Optional.of(new ModelConfig(Path.of("config.json"), new ObjectMapper().readTree(json)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
    return this;
  }

  Found found() {
    return CheckpointReader.read("tiny", Path.of("tiny"), tensors, config);
  }

  Checkpoint read() {
    return found().checkpoint();
  }

  /** Element (row, column) of a stored rank-2 tensor. */
  float at(String name, long row, long column) {
    Tensor tensor = tensors.get(name);
    float[] value = new float[1];
    tensor.read((row * tensor.shape().extent(1) + column) * Float.BYTES, MemorySegment.ofArray(value));
    return value[0];
  }

  static float[][] values(Matrix matrix) {
    MemorySegment all = MemorySegment.ofArray(new float[(int) (matrix.rows() * matrix.columns())]);
    matrix.read(matrix.whole(), all);
    float[][] values = new float[(int) matrix.rows()][(int) matrix.columns()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = all.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * values[i].length + j);
      }
    }
    return values;
  }

  static WeightMatrix matrix(Checkpoint checkpoint, String subject) {
    return checkpoint.matrices().stream()
        .filter(weight -> weight.subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no matrix " + subject + " among " + checkpoint.matrices()));
  }

  static String reason(Checkpoint checkpoint, String tensor) {
    return checkpoint.unplaced().stream()
        .filter(unplaced -> unplaced.tensor().equals(tensor))
        .findFirst()
        .orElseThrow(() -> new AssertionError(tensor + " is not among " + checkpoint.unplaced()))
        .reason();
  }
}
