package org.scaleinv.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.scaleinv.bindings.Scaleinv;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.WideningContract;
import org.scaleinv.tensor.ReferenceWidening;
import org.scaleinv.tensor.DType;

/** The contract at each instruction set that this processor has; a set that it lacks runs as the best below it. */
class CpuWideningTest {
  private static final CpuEngine ENGINE = new CpuEngine();

  @AfterAll
  static void close() {
    SimdLevel.lift();
    ENGINE.close();
  }

  @Nested
  class Baseline extends AtLevel {
    Baseline() {
      super(SimdLevel.BASELINE);
    }
  }

  @Nested
  class Avx2 extends AtLevel {
    Avx2() {
      super(SimdLevel.AVX2);
    }
  }

  @Nested
  class Avx512 extends AtLevel {
    Avx512() {
      super(SimdLevel.AVX512);
    }
  }

  abstract static class AtLevel extends WideningContract {
    private static final int GUARD = 16;

    private final SimdLevel level;

    AtLevel(SimdLevel level) {
      this.level = level;
    }

    @BeforeEach
    void limit() {
      level.use();
    }

    @Override
    protected Engine engine() {
      return ENGINE;
    }

    /** Tensors begin at any byte of a file. */
    @Test
    void sourcesAtAnyAddressWidenAndNothingBehindTheTargetIsWritten() {
      byte[] bytes = new byte[1024];
      new SplittableRandom(7).nextBytes(bytes);
      for (DType type : DType.values()) {
        if (type.widens()) {
          for (int count = 0; count <= 70; count += 7) {
            for (int offset = 1; offset < 9; offset += 2) {
              widenAt(type, bytes, offset, count);
            }
          }
        }
      }
    }

    private static void widenAt(DType type, byte[] bytes, int offset, int count) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment file = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        MemorySegment source = file.asSlice(offset, (long) count * type.bytes());
        MemorySegment target = arena.allocate(count * 8L + GUARD, 8).fill((byte) 0x5a);
        int code = CpuWidening.code(type);
        assertEquals(0, Scaleinv.scaleinv_widen(code, source, count, Scaleinv.SCALEINV_F64(), target));
        double[] expected = ReferenceWidening.toDoubles(type, source);
        for (int i = 0; i < count; i++) {
          assertEquals(expected[i], target.getAtIndex(ValueLayout.JAVA_DOUBLE, i), () -> type + " at " + offset);
        }
        for (int i = 0; i < GUARD; i++) {
          assertEquals(0x5a, target.get(ValueLayout.JAVA_BYTE, count * 8L + i));
        }
      }
    }
  }
}
