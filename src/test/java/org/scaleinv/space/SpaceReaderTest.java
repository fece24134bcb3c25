package org.scaleinv.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class SpaceReaderTest {
  private static final float[][] DISTANCES = {{0, 1.5f, 2, 3}, {1.5f, 0, 0.25f, 4}, {2, 0.25f, 0, 5}, {3, 4, 5, 0}};
  private static final float[][] POINTS = {{1, -2, 3.5f}, {0, 0.125f, 1e-3f}};
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  private static Engine engine;

  @TempDir
  Path folder;

  private final List<String> notes = new ArrayList<>();

  @BeforeAll
  static void open() {
    engine = new CpuEngine();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private Space read(String name, byte[] content, String format) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    try (SpaceSource source =
        new SpaceReader(InputFormat.named(format).orElseThrow(), null, notes::add).open(file.toString())) {
      return source.load(engine, 1);
    }
  }

  private static float[][] rows(Buffer buffer) {
    float[] values = new float[(int) (buffer.rows() * buffer.columns())];
    engine.download(buffer, MemorySegment.ofArray(values));
    float[][] rows = new float[(int) buffer.rows()][(int) buffer.columns()];
    for (int i = 0; i < values.length; i++) {
      rows[i / rows[0].length][i % rows[0].length] = values[i];
    }
    return rows;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> distances() {
    double[] doubles = new double[16];
    for (int i = 0; i < 16; i++) {
      doubles[i] = DISTANCES[i / 4][i % 4];
    }
    byte[] square = SpaceFiles.doubles(doubles);
    byte[] lower = SpaceFiles.floats(SpaceFiles.lower(DISTANCES));
    byte[] upper = SpaceFiles.doubles(1.5, 2, 3, 0.25, 4, 5);
    return Stream.of(
        Arguments.of("lower.txt", text("1.5\n2 .25\n3 4 5\n"), "auto"),
        Arguments.of("lower.csv", text("1.5,\n2,0.25,\n3,4,5,"), "auto"),
        Arguments.of("gudhi.csv", text("\n1.5\n2;0.25\n3;4;5\n"), "auto"),
        Arguments.of("x.lower_distance_matrix", text("1.5 2 0.25 3 4 5"), "auto"),
        Arguments.of("loose.txt", text("1.5 2\n0.25 3 4\n\n5"), "lower-distance"),
        Arguments.of("upper.txt", text("1.5 2 3\n\t.25\t4\r\n5e0\r\n"), "auto"),
        Arguments.of("loose-upper.txt", text("1.5 2 3 25E-2 4 5"), "upper-distance"),
        Arguments.of("square.csv", text("0, 1.5, 2,3\n1.5,0,.25,4\n2,0.25,-0,5\n3,4,5,0"), "auto"),
        Arguments.of("square.txt", text("# made by hand\n0 1.5 2 3 # first\n1.5 0 .25 4\n2 .25 0 5\n3 4 5 0"),
            "distance"),
        Arguments.of("m.dipha", SpaceFiles.dipha(8067171840L, 7, 4, doubles), "dipha"),
        Arguments.of("no-name", SpaceFiles.dipha(8067171840L, 7, 4, doubles), "auto"),
        Arguments.of("ripser.bin", lower, "auto"),
        Arguments.of("ripser", lower, "auto"),
        Arguments.of("ripser.dat", lower, "binary"),
        Arguments.of("square.npy", SpaceFiles.npy(1, "'<f8'", false, "(4, 4)", square), "auto"),
        Arguments.of("square2.npy", SpaceFiles.npy(2, "'<f8'", true, "(4, 4)", square), "auto"),
        Arguments.of("pdist.npy", SpaceFiles.npy(3, "'<f8'", false, "(6,)", upper), "upper-distance"),
        Arguments.of("lower.npy", SpaceFiles.npy(1, "'<f4'", false, "(6,)", lower), "lower-distance"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("distances")
  void everyFormOfADistanceMatrixIsTheSameMatrix(String name, byte[] content, String format) throws IOException {
    try (Space space = read(name, content, format)) {
      var read = assertInstanceOf(Space.Distances.class, space).matrix();
      assertArrayEquals(DISTANCES, rows(read.distances()));
      assertEquals(0.25f, read.least());
      assertEquals(5f, read.greatest());
      assertEquals(5f, read.greatestFinite());
    }
  }

  static Stream<Arguments> points() {
    byte[] columns = SpaceFiles.elements(POINTS, true, v -> SpaceFiles.doubles(v));
    byte[] floats = SpaceFiles.elements(POINTS, false, v -> SpaceFiles.floats((float) v));
    return Stream.of(
        Arguments.of("points.csv", text("x,y,z\n1,-2,3.5\n0,0.125,0.001\n"), "auto"),
        Arguments.of("bom.csv", text("\ufeff1,-2,3.5\n+0,0.125,.1e-2"), "auto"),
        Arguments.of("points.txt", text("1 -2 3.5\n0 0.12500000000000000000001 1e-3"), "point-cloud"),
        Arguments.of("f4.npy", SpaceFiles.npy(1, "'<f4'", false, "(2, 3)", floats), "auto"),
        Arguments.of("order.npy", SpaceFiles.npy(1, "'<f8'", true, "(2, 3)", columns), "auto"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void everyFormOfACloudIsTheSameCloud(String name, byte[] content, String format) throws IOException {
    try (Space space = read(name, content, format)) {
      assertArrayEquals(POINTS, rows(assertInstanceOf(Space.Points.class, space).coordinates()));
    }
  }

  static Stream<Arguments> elementTypes() {
    return Stream.of(
        Arguments.of("<f2", (Encoder) v -> SpaceFiles.little(2).putShort(Float.floatToFloat16((float) v))),
        Arguments.of("|i1", (Encoder) v -> SpaceFiles.little(1).put((byte) v)),
        Arguments.of("<i2", (Encoder) v -> SpaceFiles.little(2).putShort((short) v)),
        Arguments.of("<i4", (Encoder) v -> SpaceFiles.little(4).putInt((int) v)),
        Arguments.of("<i8", (Encoder) v -> SpaceFiles.little(8).putLong((long) v)));
  }

  private interface Encoder {
    java.nio.ByteBuffer encode(double value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("elementTypes")
  void everyTypeOfNumbersInAnArrayIsRead(String descr, Encoder encoder) throws IOException {
    float[][] points = {{1, -2, 3}, {0, 100, -7}};
    byte[] data = SpaceFiles.elements(points, false, v -> encoder.encode(v).array());
    try (Space space = read("a.npy", SpaceFiles.npy(1, "'" + descr + "'", false, "(2, 3)", data), "auto")) {
      assertArrayEquals(points, rows(((Space.Points) space).coordinates()));
    }
  }

  @Test
  void unsignedIntegersAreNotNegative() throws IOException {
    float[][] points = {{255, 0x1p63f + 0x1p40f, 7}};
    byte[] data = SpaceFiles.elements(points, false, v -> SpaceFiles.little(8).putLong(v < 9e18 ? (long) v
        : Long.MIN_VALUE + (1L << 40) + 1).array());
    try (Space space = read("a.npy", SpaceFiles.npy(1, "'<u8'", false, "(1, 3)", data), "auto")) {
      assertArrayEquals(points, rows(((Space.Points) space).coordinates()));
    }
  }

  @Test
  void pairsAreAGraphInWhateverOrderTheyStand() throws IOException {
    for (String content : new String[] {"0 1 0.5\n0 3 2\n2 3 .25\n", "3,2,0.25\n1,0,0.5\n0,1,5e-1\n2,2,0\n\n3,0,2"}) {
      DistanceGraph graph = assertInstanceOf(Space.Graph.class, read("pairs.sparse", text(content), "auto")).graph();
      assertArrayEquals(new long[] {0, 2, 2, 3, 3}, graph.offsets());
      assertArrayEquals(new int[] {1, 3, 3}, graph.partners());
      assertArrayEquals(new float[] {0.5f, 2, 0.25f}, graph.lengths());
    }
  }

  @Test
  void infiniteDistancesAreRead() throws IOException {
    try (Space space = read("far.txt", text("inf\n1 Infinity"), "auto")) {
      var matrix = ((Space.Distances) space).matrix();
      assertArrayEquals(
          new float[][] {{0, INFINITE, 1}, {INFINITE, 0, INFINITE}, {1, INFINITE, 0}}, rows(matrix.distances()));
      assertEquals(INFINITE, matrix.greatest());
      assertEquals(1f, matrix.greatestFinite());
    }
  }

  @Test
  void aTensorOfASafetensorsFileIsReadByItsName() {
    Path file = folder.resolve("t.safetensors");
    float[] lower = SpaceFiles.lower(DISTANCES);
    SafetensorsWriter.write(
        file,
        List.of(
            Tensor.of("points", DType.F32, Shape.of(2, 3),
                MemorySegment.ofArray(new float[] {1, -2, 3.5f, 0, 0.125f, 1e-3f})),
            Tensor.of("distances", DType.F32, Shape.of(6), MemorySegment.ofArray(lower))),
        Map.of());
    try (SpaceSource source = new SpaceReader(InputFormat.AUTO, "points", notes::add).open(file.toString());
        Space space = source.load(engine, 1)) {
      assertArrayEquals(POINTS, rows(((Space.Points) space).coordinates()));
    }
    var reader = new SpaceReader(InputFormat.LOWER_DISTANCE, "distances", notes::add);
    try (SpaceSource source = reader.open(file.toString()); Space space = source.load(engine, 2)) {
      assertArrayEquals(DISTANCES, rows(((Space.Distances) space).matrix().distances()));
    }
  }

  @Test
  void aHeadLineIsPassedByAndSaid() throws IOException {
    read("head.csv", text("a b\n1 2\n3 4\n"), "auto").close();
    assertEquals(1, notes.size());
    assertTrue(notes.getFirst().contains("taken for a head"), notes.getFirst());
  }

  @Test
  void aTextLongerThanTheBufferIsReadWhole() throws IOException {
    StringBuilder content = new StringBuilder();
    float[][] points = new float[20_000][2];
    for (int i = 0; i < points.length; i++) {
      points[i] = new float[] {i / 7f, -i / 3f};
      content.append(points[i][0]).append(i % 3 == 0 ? "," : "   ").append(points[i][1]).append('\n');
    }
    try (Space space = read("long.txt", text(content.toString()), "auto")) {
      assertArrayEquals(points, rows(((Space.Points) space).coordinates()));
    }
  }

  @Test
  void smallInputsAreWhatTheyAre() throws IOException {
    assertEquals(1, ((Space.Points) read("one.txt", text("7"), "auto")).coordinates().rows());
    assertEquals(1, ((Space.Distances) read("self.txt", text("0"), "auto")).matrix().distances().rows());
    assertEquals(2, ((Space.Points) read("two.txt", text("7\n8"), "auto")).coordinates().rows());
    assertEquals(1, ((Space.Distances) read("none.bin", new byte[0], "auto")).matrix().distances().rows());
    assertEquals(
        0, ((Space.Points) read("no.npy", SpaceFiles.npy(1, "'<f4'", false, "(0, 3)", new byte[0]), "auto"))
            .coordinates().rows());
  }
}
