package org.scaleinv.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceWideningTest {
  @ParameterizedTest(name = "{0} 0x{1} = {2}")
  @CsvSource({
    // Largest and smallest values from the OCP 8-bit and MX specifications and the FNUZ paper (Noune et al. 2022).
    "F8_E4M3, 7e, 448", "F8_E4M3, fe, -448", "F8_E4M3, 7f, NaN", "F8_E4M3, ff, NaN",
    "F8_E4M3, 01, 0x1p-9", "F8_E4M3, 08, 0x1p-6", "F8_E4M3, 07, 0x1.cp-7", "F8_E4M3, 80, -0.0",
    "F8_E5M2, 7b, 57344", "F8_E5M2, 7c, Infinity", "F8_E5M2, fc, -Infinity", "F8_E5M2, 7d, NaN",
    "F8_E5M2, 01, 0x1p-16", "F8_E5M2, 04, 0x1p-14", "F8_E5M2, 80, -0.0",
    "F8_E4M3FNUZ, 7f, 240", "F8_E4M3FNUZ, ff, -240", "F8_E4M3FNUZ, 80, NaN", "F8_E4M3FNUZ, 01, 0x1p-10",
    "F8_E4M3FNUZ, 08, 0x1p-7", "F8_E5M2FNUZ, 7f, 57344", "F8_E5M2FNUZ, 80, NaN", "F8_E5M2FNUZ, 01, 0x1p-17",
    "F8_E5M2FNUZ, 04, 0x1p-15",
    "F8_E8M0, 00, 0x1p-127", "F8_E8M0, 7f, 1", "F8_E8M0, fe, 0x1p127", "F8_E8M0, ff, NaN",
    "F16, 3c00, 1", "F16, 7bff, 65504", "F16, 0001, 0x1p-24", "F16, fc00, -Infinity", "F16, 7e00, NaN",
    "BF16, 3f80, 1", "BF16, 4049, 3.140625", "BF16, 0001, 0x1p-133", "BF16, 7f7f, 0x1.fep127", "BF16, 7fc0, NaN",
    "BOOL, 00, 0", "BOOL, 01, 1", "BOOL, 02, 2", "U8, ff, 255", "I8, ff, -1", "I8, 80, -128",
    "I16, 8000, -32768", "U16, 8000, 32768", "I32, ffffffff, -1", "U32, ffffffff, 4294967295",
    "I64, 8000000000000000, -0x1p63", "U64, ffffffffffffffff, 0x1p64", "U64, 8000000000000000, 0x1p63",
    // 2^53 + 1 lies between two doubles and goes to the even one.
    "I64, 0020000000000001, 9007199254740992", "U64, 0020000000000003, 9007199254740996",
  })
  void landmarksOfEveryTypeAreWorthWhatTheirDefinitionsSay(DType type, String bits, double value) {
    assertEquals(value, ReferenceWidening.toDouble(type, Long.parseUnsignedLong(bits, 16)));
  }

  @Test
  void everyHalfPrecisionPatternAgreesWithTheJdk() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals(Float.float16ToFloat((short) bits), ReferenceWidening.toFloat(DType.F16, bits));
    }
  }

  @Test
  void everyBfloatPatternIsTheUpperHalfOfASingle() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals(Float.intBitsToFloat(bits << 16), ReferenceWidening.toFloat(DType.BF16, bits));
    }
  }

  @Test
  void singlesAndDoublesAgreeWithTheJdk() {
    SplittableRandom random = new SplittableRandom(20260105);
    for (int i = 0; i < 100_000; i++) {
      long bits = random.nextLong();
      assertEquals(Float.intBitsToFloat((int) bits), ReferenceWidening.toFloat(DType.F32, bits & 0xffffffffL));
      assertEquals(Double.longBitsToDouble(bits), ReferenceWidening.toDouble(DType.F64, bits));
    }
    for (long bits : new long[] {0, 1, Long.MIN_VALUE, (1L << 52) - 1, 1L << 52, 0x7fefffffffffffffL}) {
      assertEquals(Double.longBitsToDouble(bits), ReferenceWidening.toDouble(DType.F64, bits));
    }
  }

  @Test
  void integersRoundToASingleOnceAndNotByWayOfADouble() {
    // 2^62 + 2^38 + 1 is just above the middle of two singles; as a double it is the middle, which rounds down.
    long above = (1L << 62) + (1L << 38) + 1;
    assertEquals(0x1.000002p62f, ReferenceWidening.toFloat(DType.I64, above));
    assertEquals(0x1p62f, (float) ReferenceWidening.toDouble(DType.I64, above));
  }

  @ParameterizedTest
  @EnumSource(value = DType.class, names = {"F4", "F6_E2M3", "F6_E3M2", "C64"})
  void typesThatDoNotWidenAreRefused(DType type) {
    assertThrows(IllegalArgumentException.class, () -> ReferenceWidening.toDouble(type, 0));
  }

  @Test
  void packedElementsAreLittleEndian() {
    MemorySegment packed = MemorySegment.ofArray(new byte[] {0x00, 0x3c, 0x00, (byte) 0xc0});
    assertArrayEquals(
        new double[] {1, -2}, ReferenceWidening.toDoubles(DType.F16, packed));
  }
}
