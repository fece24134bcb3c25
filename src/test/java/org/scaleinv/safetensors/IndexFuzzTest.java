package org.scaleinv.safetensors;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.scaleinv.safetensors.SafetensorsBytes.entry;
import static org.scaleinv.safetensors.SafetensorsBytes.file;
import static org.scaleinv.safetensors.SafetensorsBytes.utf8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaleinv.error.BadInput;

/** Mutations of a sound index end in a model or in {@link BadInput}. */
class IndexFuzzTest {
  private static final long SEED = Long.getLong("scaleinv.fuzz.seed", 20260118);
  private static final int CASES = 1_500;

  @TempDir
  Path folder;

  @Test
  void mutationsEndInAModelOrInBadInput() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Files.write(folder.resolve("s"), file("{" + entry("a", "U8", 0, 4, 4) + "," + entry("b", "U8", 4, 8, 4) + "}", 8));
    byte[] sound = utf8("{\"metadata\":{\"total_size\":8,\"n\":[1,{}]},\"weight_map\":{\"a\":\"s\",\"b\":\"s\"}}");
    Path index = folder.resolve("model.safetensors.index.json");
    int models = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] mutated = mutate(sound, random);
      // Overwriting would have ext4 flush every file to the disk: 3 ms a case.
      Files.deleteIfExists(index);
      Files.write(index, mutated);
      try (ModelFiles model = ModelFiles.open(folder.toString())) {
        models += model.tensors().keySet().stream().allMatch(name -> name.equals("a") || name.equals("b")) ? 1 : 0;
      } catch (BadInput refused) {
        assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl), refused.getMessage());
      } catch (RuntimeException | Error failure) {
        fail("seed " + SEED + ", case " + i + ", bytes " + HexFormat.of().formatHex(mutated), failure);
      }
    }
    assertTrue(models > CASES / 50 && models < CASES * 3 / 4, models + " models in " + CASES + " cases");
  }

  private static byte[] mutate(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    for (int rounds = 1 + random.nextInt(2); rounds > 0; rounds--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) "{}[],:\"\\ab0s./ \0".charAt(random.nextInt(16));
        case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
        default -> bytes = Arrays.copyOf(bytes, random.nextInt(8) == 0 ? at + 1 : bytes.length);
      }
    }
    return bytes;
  }
}
