package org.scaleinv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which chips the fatbin of this build serves, as it lies in the class path. */
class FatbinTest {
  private static final String FOLDER = "/org/scaleinv/kernels/";
  private static final int MAGIC = 0xBA55ED50;
  private static final int PTX = 1;
  private static final int MACHINE_CODE = 2;

  /** What a build should serve as far as its nvcc can. */
  private static final Set<Integer> WANTED = Set.of(75, 80, 86, 89, 90, 100, 120);

  /** An image in a fatbin: of machine code or of assembly, for a chip. */
  private record Image(int kind, int chip) {}

  /**
   * A header of 16 bytes (magic, version, its own size, bytes of all images), then an image after the other: its kind, its
   * header's size at byte 4, its payload's at 8, its chip at 28.
   */
  private static List<Image> images(byte[] fatbin) {
    ByteBuffer bytes = ByteBuffer.wrap(fatbin).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(0) != MAGIC) {
      throw new IllegalArgumentException("no fatbin: it begins with " + Integer.toHexString(bytes.getInt(0)));
    }
    List<Image> images = new ArrayList<>();
    long at = bytes.getShort(6);
    long end = at + bytes.getLong(8);
    while (at < end) {
      int from = Math.toIntExact(at);
      images.add(new Image(bytes.getShort(from), bytes.getInt(from + 28)));
      at += bytes.getInt(from + 4) + bytes.getLong(from + 8);
    }
    return images;
  }

  @Test
  @Tag("needs-nvcc")
  void theFatbinHoldsWhatItsDescriptionSays() throws IOException {
    List<Image> images = images(resource("kernels.fatbin"));
    Properties told = description();
    assertEquals(chips(told.getProperty("sass")), chips(images, MACHINE_CODE));
    assertEquals(chips(told.getProperty("ptx")), chips(images, PTX));
  }

  @Test
  @Tag("needs-nvcc")
  void machineCodeIsForTheChipsWantedAndAssemblyForTheHighest() throws IOException {
    Properties told = description();
    TreeSet<Integer> sass = chips(told.getProperty("sass"));
    assertTrue(WANTED.containsAll(sass), sass::toString);
    // nvcc 12.0, the oldest that builds the kernels, knows all of these
    assertTrue(sass.containsAll(Set.of(75, 80, 86, 89, 90)), sass::toString);
    assertEquals(Set.of(sass.last()), chips(told.getProperty("ptx")));
    if (told.getProperty("nvcc").startsWith("13.")) {
      assertEquals(WANTED, sass);
    }
  }

  @Test
  void imagesAreReadOneAfterTheOther() {
    ByteBuffer made = ByteBuffer.allocate(16 + 64 + 8 + 72 + 16).order(ByteOrder.LITTLE_ENDIAN);
    made.putInt(MAGIC).putShort((short) 1).putShort((short) 16).putLong(64 + 8 + 72 + 16);
    made.putShort(16, (short) PTX).putInt(20, 64).putLong(24, 8).putInt(44, 90);
    made.putShort(88, (short) MACHINE_CODE).putInt(92, 72).putLong(96, 16).putInt(116, 80);
    assertEquals(List.of(new Image(PTX, 90), new Image(MACHINE_CODE, 80)), images(made.array()));
    assertThrows(IllegalArgumentException.class, () -> images(new byte[16]));
  }

  private static TreeSet<Integer> chips(List<Image> images, int kind) {
    return images.stream()
        .filter(image -> image.kind() == kind)
        .map(Image::chip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<Integer> chips(String list) {
    return Arrays.stream(list.split(" ")).map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties description() throws IOException {
    Properties told = new Properties();
    told.load(new ByteArrayInputStream(resource("kernels.properties")));
    return told;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream resource = FatbinTest.class.getResourceAsStream(FOLDER + name)) {
      return resource.readAllBytes();
    }
  }
}
