package org.scaleinv.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.error.BadInput;

/** What is refused, by which rule, and which place the message names. */
class BadSpacesTest {
  @TempDir
  Path folder;

  private static Arguments text(String format, String content, String rule, String place) {
    return Arguments.of("input.txt", format, content.getBytes(StandardCharsets.UTF_8), rule, place);
  }

  private static Arguments npy(String header, int bytes, String rule, String place) {
    return Arguments.of("input.npy", "auto", SpaceFiles.npy(1, header, new byte[bytes]), rule, place);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        text("auto", "", "no-numbers", "found none"),
        text("auto", "# nothing\n\n", "no-numbers", "found none"),
        text("auto", "1 2\n3 x\n", "number", "line 2, column 3: expected a number, found \"x\""),
        text("auto", "1 2\n3 4x\n", "number", "line 2, column 3: expected a number, found \"4x\""),
        text("auto", "1 2\n3 1e\n", "number", "line 2, column 3"),
        text("auto", "1 2\n- 3\n", "number", "line 2, column 1"),
        text("auto", "1 2\n3 nan\n", "number", "line 2, column 3: expected a number, found nan"),
        text("auto", "1,2\n3,,4\n", "number", "line 2, column 3: expected a number, found an empty field"),
        text("auto", ",1\n", "number", "line 1, column 1: expected a number, found an empty field"),
        text("auto", "1 2\n3 1e39\n", "range", "line 2, column 3"),
        text("auto", "1 " + "1".repeat(70_000), "number", "line 1, column 3: expected a number of at most 512"),
        text("auto", "1 2\n3 4\n5\n", "ragged-rows", "line 3: expected 2 numbers as on line 1, found 1"),
        text("auto", "1\n2 3\n\n4 5 6 7\n", "ragged-rows",
            "line 4: expected row 3 of a lower triangle, 3 numbers, found 4"),
        text("auto", "1 2 3\n4 5\n6 7\n", "ragged-rows",
            "line 3: expected row 3 of an upper triangle, 1 number, found 2"),
        text("auto", "1 2 3\n4 5\n", "ragged-rows", "line 2: expected the last row of an upper triangle"),
        text("auto", "0\n1 0\n2 3 0\n", "triangle-with-diagonal", "rows that all end in 0"),
        text("auto", "1 2\n3 inf\n", "infinite-coordinate", "line 2, column 3: expected a finite coordinate"),
        text("point-cloud", "1 2\n3\n", "ragged-rows", "line 2"),
        text("distance", "0 1\n1 0\n2 3\n", "not-square", "found 3 rows of 2 numbers"),
        text("distance", "0 1\n1 2\n", "diagonal",
            "line 2, entry (1, 1), from 0: expected 0 on the diagonal, found 2.0"),
        text("distance", "0 1\n2 0\n", "asymmetric",
            "line 2, entry (1, 0), from 0: expected a symmetric matrix, found 2.0 and"),
        text("auto", "0 1 2\n1 0 3\n2 3.5 0\n", "asymmetric", "line 3, entry (2, 1)"),
        text("auto", "0 -1\n-1 0\n", "negative-distance",
            "line 1, column 3: expected a distance of 0 or more, found -1.0"),
        text("auto", "1\n2 -3\n", "negative-distance", "line 2, column 3"),
        text("auto", "1\n2 -inf\n", "negative-distance", "line 2, column 3"),
        text("lower-distance", "1 2\n", "not-a-triangle", "found 2 numbers"),
        text("lower-distance", "0 1\n1 0\n", "not-a-triangle", "found a square of 2 rows"),
        text("upper-distance", "1 2\n3 4\n", "not-a-triangle", "found a square"),
        text("sparse", "", "no-numbers", "found none"),
        text("sparse", "0 1 2\n1 2\n", "triplet", "line 2, column 3: expected a distance behind this"),
        text("sparse", "0 1 2 3\n", "triplet", "line 1, column 7: expected two indices and a distance on a line"),
        text("sparse", "0 1.5 2\n", "index", "line 1, column 3: expected the number of a point"),
        text("sparse", "0 -1 2\n", "index", "line 1, column 3"),
        text("sparse", "0 3000000000 2\n", "index", "line 1, column 3"),
        text("sparse", "0 1 -2\n", "negative-distance", "line 1, column 5"),
        text("sparse", "1 1 2\n", "diagonal", "line 1, column 5"),
        text("sparse", "0 1 2\n1 0 3\n", "contradiction", "one distance of points 0 and 1, found 2.0 and 3.0"),
        text("dipha", "0 1\n", "dipha-head", "expected a DIPHA file"),
        text("binary", "12345", "not-a-triangle", "found 5 bytes"),
        Arguments.of("input.bin", "auto", SpaceFiles.floats(1, 2, 3, 4), "not-a-triangle", "found 16 bytes"),
        Arguments.of("input.bin", "auto", SpaceFiles.floats(1, 2, -3), "no-distance", "entry (2, 1), from 0"),
        Arguments.of("input.bin", "auto", SpaceFiles.floats(1, Float.NaN, 3), "no-distance", "found NaN"),
        Arguments.of("input", "lower-distance", SpaceFiles.floats(1, 2, 3), "no-text", "expected a text"),
        Arguments.of("input", "auto", SpaceFiles.dipha(8067171840L, 8, 2, 0, 1, 1, 0), "dipha-type", "found type 8"),
        Arguments.of("input", "auto", SpaceFiles.dipha(8067171840L, 7, 3, 0, 1, 1, 0), "dipha-length",
            "found 56 bytes"),
        Arguments.of("input", "auto", SpaceFiles.dipha(8067171840L, 7, 2, 0, 1e300, 1e300, 0), "range", "entry (0, 1)"),
        Arguments.of("input.npy", "auto", SpaceFiles.npy(4, "{}", new byte[0]), "npy-version", "found 4"),
        Arguments.of("input.npy", "auto", SpaceFiles.npy(1, "'<f4'", false, "(2, 2, 2)", new byte[32]), "not-a-table",
            ""),
        Arguments.of("input.npy", "auto", SpaceFiles.npy(1, "'<f4'", false, "(6,)", new byte[24]), "one-dimension", ""),
        Arguments.of("input.npy", "auto", SpaceFiles.npy(1, "'<f4'", false, "(2, 0)", new byte[0]), "no-coordinates",
            ""),
        Arguments.of("input.npy", "distance", SpaceFiles.npy(1, "'<f4'", false, "(2, 3)", new byte[24]), "not-square",
            ""),
        Arguments.of("input.npy", "sparse", SpaceFiles.npy(1, "'<f4'", false, "(2, 3)", new byte[24]), "wrong-format",
            ""),
        Arguments.of("input.npy", "upper-distance", SpaceFiles.npy(1, "'<f4'", false, "(5,)", new byte[20]),
            "not-a-triangle", ""),
        Arguments.of("input.npy", "auto",
            SpaceFiles.npy(1, "'<f4'", false, "(1, 3)", SpaceFiles.floats(1, Float.NaN, 2)),
            "infinite-coordinate", "entry (0, 1), from 0: expected a finite coordinate, found NaN"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}", 15, "npy-length", "expected 16 bytes"),
        npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 2)}", 16, "npy-type", "found type \">f4\""),
        npy("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2)}", 16, "npy-type", "found type \"|O\""),
        npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 2)}", 16, "npy-type", "found records"),
        npy("{'descr': '<f4', 'fortran_order': No, 'shape': (2, 2)}", 16, "npy-header", "expected True or False"),
        npy("{'descr': '<f4', 'fortran_order': False}", 16, "npy-header", "expected the keys"),
        npy("{'descr': '<f4', 'descr': '<f4'}", 16, "npy-header", "once"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 2)}", 16, "npy-header", "expected an extent"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)} x", 16, "npy-header", "expected the end"),
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999, 999999999999)}", 16, "npy-header",
            "2^63"));
  }

  @ParameterizedTest(name = "{3} {4}")
  @MethodSource("cases")
  void badInputsAreRefusedWithTheirPlace(String name, String format, byte[] content, String rule, String place)
      throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    BadInput error = assertThrows(BadInput.class, () -> load(file, format));
    assertEquals(rule, error.rule(), error.getMessage());
    assertTrue(error.getMessage().startsWith(file + ": "), error.getMessage());
    assertTrue(error.getMessage().contains(place), error.getMessage());
    assertTrue(error.getMessage().chars().noneMatch(Character::isISOControl), error.getMessage());
  }

  @Test
  void whatIsNotThereOrAFolderIsNamed() {
    for (Path path : new Path[] {folder, folder.resolve("missing")}) {
      BadInput error = assertThrows(BadInput.class, () -> load(path, "auto"));
      assertTrue(error.getMessage().startsWith(path + ": "), error.getMessage());
    }
  }

  @Test
  void damagedArraysAreRefusedOrRead() throws IOException {
    byte[] sound = SpaceFiles.npy(1, "'<f4'", false, "(2, 2)", new byte[16]);
    var random = new SplittableRandom(7);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = Arrays.copyOf(sound, i % 2 == 0 ? sound.length : random.nextInt(sound.length));
      for (int k = 0; k < 1 + random.nextInt(3) && damaged.length > 0; k++) {
        damaged[random.nextInt(Math.min(damaged.length, 80))] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged"), damaged);
      try {
        new SpaceReader(InputFormat.AUTO, null, note -> {}).open(file.toString()).close();
      } catch (BadInput refused) {
        assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
      }
    }
  }

  private static void load(Path file, String format) {
    var reader = new SpaceReader(InputFormat.named(format).orElseThrow(), null, note -> {});
    try (Engine engine = new CpuEngine(); SpaceSource source = reader.open(file.toString())) {
      source.load(engine, 1).close();
    }
  }
}
