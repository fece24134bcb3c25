package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.scaleinv.safetensors.SafetensorsBytes.concatenate;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;
import static org.scaleinv.safetensors.SafetensorsBytes.utf8;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.error.BadInput;
import org.scaleinv.tensor.Tensor;

/** Mutations of sound files end in a model, whose every byte can be read, or in {@link BadInput}. */
class HeaderFuzzTest {
  private static final long SEED = Long.getLong("scaleinv.fuzz.seed", 20260117);
  private static final int CASES = Integer.getInteger("scaleinv.fuzz.cases", 6_000);

  private static final List<byte[]> SOUND = List.of(
      file("{}", 0),
      file("{" + entry("w", "F32", 0, 24, 2, 3) + "}", 24),
      file("{\"__metadata__\":{\"format\":\"pt\",\"\\u00e9\":\"\"}," + entry("b", "I64", 0, 8) + ","
          + entry("a", "BF16", 8, 14, 3) + "," + entry("e", "F4", 14, 14, 0, 5) + "}   ", 14),
      file(" {\"__metadata__\":null," + entry("x\\ud834\\udd1e", "F8_E4M3", 0, 2, 2, 1, 1) + ","
          + entry("", "BOOL", 2, 3, 1) + "}", 3));

  private static final List<String> WORDS = List.of(
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "NaN", "-", "0", "00", "1e9",
      "9223372036854775807", "18446744073709551616", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"",
      "F32", "F6_E2M3", "\0", "\u00e9", "\ufeff", "//", " ", "[[[[[[[[");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @TempDir
  Path folder;

  @Test
  void mutationsEndInAModelOrInBadInput() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Path path = folder.resolve("mutated.safetensors");
    int models = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] mutated = SOUND.get(random.nextInt(SOUND.size())).clone();
      for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
        mutated = mutate(mutated, random);
      }
      // Overwriting would have ext4 flush every file to the disk: 3 ms a case.
      Files.deleteIfExists(path);
      Files.write(path, mutated);
      models += endsWell(path, mutated, i) ? 1 : 0;
    }
    // A fuzzer whose every case fails at the first byte would find nothing.
    assertTrue(models > CASES / 50 && models < CASES / 2, models + " models in " + CASES + " cases");
  }

  private static boolean endsWell(Path path, byte[] mutated, int round) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      long bytes = 0;
      for (Tensor tensor : file.tensors().values()) {
        MemorySegment whole = MemorySegment.ofArray(new byte[(int) tensor.byteSize()]);
        tensor.read(0, whole);
        bytes += whole.byteSize();
      }
      long header = ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertEquals(mutated.length, 8 + header + bytes, "tensors fill the file");
      return true;
    } catch (BadInput refused) {
      assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl), refused.getMessage());
      return false;
    } catch (RuntimeException | Error failure) {
      return fail("seed " + SEED + ", case " + round + ", bytes " + HexFormat.of().formatHex(mutated), failure);
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> flipBit(bytes, random);
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> splice(bytes, SOUND.get(random.nextInt(SOUND.size())), random);
      case 3 -> withLength(bytes, editLength(bytes, random));
      case 4 -> editHeader(bytes, header -> insert(header, WORDS.get(random.nextInt(WORDS.size())), random));
      case 5 -> editHeader(bytes, header -> cut(header, random));
      case 6 -> editHeader(bytes, header -> renumber(header, random));
      default -> concatenate(bytes, new byte[random.nextInt(4)]);
    };
  }

  private static byte[] flipBit(byte[] bytes, SplittableRandom random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] splice(byte[] head, byte[] tail, SplittableRandom random) {
    byte[] start = Arrays.copyOf(head, random.nextInt(head.length + 1));
    return concatenate(start, Arrays.copyOfRange(tail, random.nextInt(tail.length), tail.length));
  }

  private static long editLength(byte[] bytes, SplittableRandom random) {
    long[] lengths = {0, 1, bytes.length, bytes.length - 8L, 100_000_000, 100_000_001, Long.MAX_VALUE, -1};
    return lengths[random.nextInt(lengths.length)];
  }

  private static byte[] withLength(byte[] bytes, long length) {
    byte[] edited = Arrays.copyOf(bytes, Math.max(bytes.length, 8));
    ByteBuffer.wrap(edited).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    return edited;
  }

  private interface HeaderEdit {
    String apply(String header);
  }

  /** Edits the header's text and sets its length right, so that what is broken lies deeper. */
  private static byte[] editHeader(byte[] bytes, HeaderEdit edit) {
    long length = bytes.length < 8 ? -1 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > bytes.length - 8) {
      return bytes;
    }
    String header = new String(bytes, 8, (int) length, StandardCharsets.UTF_8);
    byte[] edited = utf8(edit.apply(header));
    byte[] data = Arrays.copyOfRange(bytes, 8 + (int) length, bytes.length);
    return SafetensorsBytes.withLength(edited.length, concatenate(edited, data));
  }

  private static String insert(String header, String word, SplittableRandom random) {
    int at = random.nextInt(header.length() + 1);
    return header.substring(0, at) + word + header.substring(at);
  }

  private static String cut(String header, SplittableRandom random) {
    int from = random.nextInt(header.length() + 1);
    int to = Math.min(header.length(), from + random.nextInt(12));
    return header.substring(0, from) + header.substring(to);
  }

  private static String renumber(String header, SplittableRandom random) {
    List<MatchResult> numbers = NUMBER.matcher(header).results().toList();
    if (numbers.isEmpty()) {
      return header;
    }
    MatchResult number = numbers.get(random.nextInt(numbers.size()));
    String[] values = {"0", "1", "2", "3", "8", "24", "9223372036854775807", "4294967296", "-1", "0.5"};
    return header.substring(0, number.start()) + values[random.nextInt(values.length)]
        + header.substring(number.end());
  }
}
