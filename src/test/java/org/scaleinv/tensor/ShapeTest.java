package org.scaleinv.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
  @Test
  void theSizeIsTheProductOfTheExtents() {
    assertEquals(1, Shape.of().size());
    assertEquals(24, Shape.of(2, 3, 4).size());
    assertEquals(0, Shape.of(Long.MAX_VALUE, 0).size());
    assertEquals(Long.MAX_VALUE, Shape.of(Long.MAX_VALUE, 1).size());
  }

  @Test
  void overflowIsFoundEvenWhereAZeroWouldHideIt() {
    assertThrows(ArithmeticException.class, () -> Shape.of(1L << 32, 1L << 31));
    assertThrows(ArithmeticException.class, () -> Shape.of(Long.MAX_VALUE, Long.MAX_VALUE, 0));
    assertThrows(ArithmeticException.class, () -> Shape.of(0, Long.MAX_VALUE, Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(3, -1));
  }

  @Test
  void aShapeDoesNotChangeWithTheArraysItCameFromOrGaveOut() {
    long[] extents = {2, 3};
    Shape shape = Shape.of(extents);
    extents[0] = 7;
    shape.toArray()[1] = 7;
    assertEquals(Shape.of(2, 3), shape);
    assertEquals(Shape.of(2, 3).hashCode(), shape.hashCode());
    assertNotEquals(Shape.of(3, 2), shape);
    assertEquals("[2, 3]", shape.toString());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeIsFoundByItsExactNameAlone(DType type) {
    assertEquals(type, DType.named(type.name()).orElseThrow());
    assertEquals(Optional.empty(), DType.named(type.name().toLowerCase(Locale.ROOT)));
    assertEquals(Optional.empty(), DType.named(type.name() + " "));
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 25})
  void memoryOfAnotherSizeIsRefused(int bytes) {
    MemorySegment memory = MemorySegment.ofArray(new byte[bytes]);
    assertThrows(IllegalArgumentException.class, () -> Tensor.of("t", DType.F32, Shape.of(2, 3), memory));
  }
}
