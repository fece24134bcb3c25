package org.scaleinv.model.clouds;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.safetensors.SafetensorsFile;
import org.scaleinv.tensor.Tensor;

/** Tokens that occur, from a safetensors file. */
public final class TokenFile {
  /** More would stand in every profile and change no cloud. */
  private static final int MOST = 2048;

  private static final List<String> NAMES = List.of("input_ids", "tokens");

  private TokenFile() {}

  /**
   * The distinct tokens, ascending; of more than {@value #MOST} a sample that the seed determines.
   *
   * @throws BadInput rule "no-tokens" for a file without one of the two tensors, or one that is not of I32 or I64 or
   *     holds a number that is no token
   */
  public static List<Integer> read(Path file, long seed) {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      Tensor tensor = NAMES.stream().map(open.tensors()::get).filter(found -> found != null).findFirst()
          .orElseThrow(() -> bad(file, "expected a tensor \"input_ids\" or \"tokens\", found neither"));
      int[] distinct = Arrays.stream(numbers(file, tensor)).distinct().sorted().toArray();
      int kept = Math.min(MOST, distinct.length);
      return IntStream.of(Orders.draw(kept, distinct.length, seed, "tokens of a file", distinct.length))
          .map(i -> distinct[i]).sorted().boxed().toList();
    }
  }

  private static int[] numbers(Path file, Tensor tensor) {
    int count = Math.toIntExact(tensor.shape().size());
    int[] numbers = new int[count];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(tensor.byteSize(), Long.BYTES);
      tensor.read(0, bytes);
      for (int i = 0; i < count; i++) {
        long value = switch (tensor.dtype()) {
          case I32 -> bytes.getAtIndex(ValueLayout.JAVA_INT, i);
          case I64 -> bytes.getAtIndex(ValueLayout.JAVA_LONG, i);
          default -> throw bad(file,
              "tensor " + Escape.quoted(tensor.name()) + ": expected I32 or I64, found " + tensor.dtype());
        };
        if (value < 0 || value > Integer.MAX_VALUE) {
          throw bad(file, "tensor " + Escape.quoted(tensor.name()) + ", entry " + i + ": expected a token, found "
              + value);
        }
        numbers[i] = (int) value;
      }
    }
    return numbers;
  }

  private static BadInput bad(Path file, String problem) {
    return new BadInput("no-tokens", Escape.visible(file.toString()) + ": " + problem);
  }
}
