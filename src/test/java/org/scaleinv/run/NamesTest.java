package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class NamesTest {
  private static Checkpoint model(DType type, Object... namesAndRows) {
    TreeMap<String, Tensor> tensors = new TreeMap<>();
    for (int i = 0; i < namesAndRows.length; i += 2) {
      Shape shape = Shape.of((int) namesAndRows[i + 1], 2);
      String name = (String) namesAndRows[i];
      tensors.put(name,
          Tensor.of(name, type, shape, MemorySegment.ofArray(new byte[(int) shape.size() * type.bytes()])));
    }
    return new Checkpoint("m", Path.of("m"), "unknown", 9, 7, 2, null, null, tensors, List.of(), List.of(), List.of(),
        List.of());
  }

  @Test
  void modelsAreOfOneScaleIfAllNamesAndShapesAreEqualWhateverTheType() {
    String scale = ScaleName.of(model(DType.F32, "a", 3, "b", 4));
    assertEquals("2x?/7#", scale.substring(0, scale.indexOf('#') + 1));
    assertEquals(scale, ScaleName.of(model(DType.BF16, "b", 4, "a", 3)));
    assertNotEquals(scale, ScaleName.of(model(DType.F32, "a", 4, "b", 3)));
    assertNotEquals(scale, ScaleName.of(model(DType.F32, "a", 3, "c", 4)));
    assertNotEquals(scale, ScaleName.of(model(DType.F32, "a", 3)));
  }

  @Test
  void foldersNeverMeetAndNeverLeaveTheirParent() {
    Outputs.Names names = new Outputs.Names();
    List<String> given = List.of("a", "A", "a", "a-2", "", ".", "..", "/");
    List<String> expected = List.of("a", "A-2", "a-3", "a-2-2", "model", "model-2", "model-3", "model-4");
    assertEquals(expected, given.stream().map(names::unique).toList());
  }

  @Test
  void amountsReadWell() {
    assertEquals("999 B", Sizes.bytes(999));
    assertEquals("1.00 kB", Sizes.bytes(999.6));
    assertEquals("12.3 MB", Sizes.bytes(12_345_678));
    assertEquals("1.50 GFLOP", Sizes.flops(1.5e9));
    assertEquals("under 1 s", Sizes.duration(0.49));
    assertEquals("59 s", Sizes.duration(59.4));
    assertEquals("1 min 0 s", Sizes.duration(59.6));
    assertEquals("2 h 5 min", Sizes.duration(2 * 3600 + 5 * 60 + 59));
  }
}
