package org.scaleinv.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.report.Schemas;
import org.scaleinv.safetensors.SafetensorsFile;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

class HomologyCommandTest {
  /** Corners of a square, a point beside it, and what {@code ripser --dim 1 --format point-cloud} printed of them. */
  private static final String POINTS = "0 0\n1 0\n0 1.25\n1 1.25\n5 0.1\n";

  private static final String RIPSER = """
      point cloud with 5 points in dimension 2
      value range: [1,5.13055]
      distance matrix with 5 points, using threshold at enclosing radius 4.00125
      persistence intervals in dim 0:
       [0,1)
       [0,1)
       [0,1.25)
       [0,4.00125)
       [0, )
      persistence intervals in dim 1:
       [1.25,1.60078)
      """;

  /** A hexagon's distances, one pair far apart: {@code ripser --dim 2 --threshold 1.9 --format lower-distance}. */
  private static final String HEXAGON = "1\n1.73205 1\n2,1.73205,1\n1.73205 2 1.73205 1\n1 1.73205 9 1.73205 1\n";

  // it printed 12/17, (n·n − 1)/2, for the 15 pairs of six points
  private static final String RIPSER_OF_HEXAGON = """
      value range: [1,9]
      sparse distance matrix with 6 points and 12/15 entries
      persistence intervals in dim 0:
       [0,1)
       [0,1)
       [0,1)
       [0,1)
       [0,1)
       [0, )
      persistence intervals in dim 1:
       [1,1.73205)
      persistence intervals in dim 2:
       [1.73205, )
      """;

  @TempDir
  Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Cli done(Object... arguments) {
    Cli run = Cli.run(arguments);
    assertEquals(0, run.code(), run.err());
    return run;
  }

  @Test
  void theTableIsRipsers() throws IOException {
    Path points = file("points.txt", POINTS);
    // named, as a driver that cannot be used would be told of
    Cli run = done("homology", points, "--engine", "cpu");
    assertEquals(RIPSER, run.out());
    assertEquals("scaleinv: " + points + ": text, 5 points in dimension 2\n", run.err());
    Cli hexagon =
        done("homology", file("hexagon", HEXAGON), "--dim", 2, "--threshold", "1.9", "--input-format",
            "lower-distance", "--quiet");
    assertEquals(RIPSER_OF_HEXAGON, hexagon.out());
    assertEquals("", hexagon.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void threadsAndCollapseChangeNothing(int threads) throws IOException {
    Path points = file("points.txt", POINTS);
    for (String collapse : List.of("auto", "always", "never")) {
      assertEquals(RIPSER, done("homology", points, "--threads", threads, "--collapse", collapse).out(), collapse);
    }
  }

  @Test
  void pairsGiveWhatTheirMatrixGives() throws IOException {
    String pairs = "0 1 1\n1 2 1\n2 3 1\n0 3 1\n0 2 1.5\n1 3 1.5\n";
    Cli run = done("homology", file("square.sparse", pairs), "--quiet");
    assertEquals("", run.err());
    assertEquals(
        """
            sparse distance matrix with 4 points and 6/6 entries
            persistence intervals in dim 0:
             [0,1)
             [0,1)
             [0,1)
             [0, )
            persistence intervals in dim 1:
             [1,1.5)
            """,
        run.out());
  }

  @Test
  void jsonKeepsToItsSchemaAndHoldsThePairs() throws IOException {
    Path points = file("points.txt", POINTS);
    for (String[] options : new String[][] {{}, {"--cocycles"}, {"--threshold", "2", "--modulus", "3", "--dim", "0"}}) {
      Object[] line = new Object[options.length + 4];
      System.arraycopy(new Object[] {"homology", points, "--format", "json"}, 0, line, 0, 4);
      System.arraycopy(options, 0, line, 4, options.length);
      Schemas.assertValid("homology", done(line).out());
    }
    JsonNode root = new ObjectMapper().readTree(done("homology", points, "--format", "json", "--cocycles").out());
    JsonNode loops = root.at("/diagrams/1");
    assertEquals(1, loops.at("/dimension").asInt());
    assertEquals("[[1.25,1.6007811]]", loops.at("/pairs").toString());
    assertEquals("[[2,3]]", sorted(loops.at("/birth_simplices")), "the later of the two long sides");
    assertEquals(1, loops.at("/cocycles").size());
    assertEquals("\"Infinity\"", root.at("/diagrams/0/pairs/4/1").toString());
    assertTrue(root.at("/diagrams/0/death_simplices/4").isNull());
  }

  /** The edge of the loop is one of the two of length 1.25, {0, 2} or {1, 3}: the later one. */
  private static String sorted(JsonNode simplices) {
    return simplices.toString().equals("[[1,3]]") ? "[[2,3]]" : simplices.toString();
  }

  @Test
  void aCocycleSaysNoToTheBoundaryOfEveryTriangle() throws IOException {
    Path hexagon = file("hexagon", HEXAGON);
    for (int modulus : new int[] {2, 3, 5}) {
      String out =
          done("homology", hexagon, "--cocycles", "--modulus", modulus, "--threshold", 1.5, "--format", "json").out();
      JsonNode cocycle = new ObjectMapper().readTree(out).at("/diagrams/1/cocycles/0");
      int around = 0;
      for (int i = 0; i < cocycle.at("/simplices").size(); i++) {
        int from = cocycle.at("/simplices/" + i + "/0").asInt();
        int to = cocycle.at("/simplices/" + i + "/1").asInt();
        assertTrue(to - from == 1 || from == 0 && to == 5, "an edge of the hexagon");
        around += (to - from == 1 ? 1 : -1) * cocycle.at("/coefficients/" + i).asInt();
      }
      assertFalse(Math.floorMod(around, modulus) == 0, "nothing goes around at " + modulus);
    }
  }

  @Test
  void csvHasARowAPair() throws IOException {
    assertEquals(
        """
            dimension,birth,death
            0,0.0,1.0
            0,0.0,1.0
            0,0.0,1.25
            0,0.0,4.00125
            0,0.0,Infinity
            1,1.25,1.6007811
            """,
        done("homology", file("points.txt", POINTS), "--format", "csv").out());
  }

  @Test
  void aFolderGetsAllOfIt() throws IOException {
    Path output = folder.resolve("out");
    Cli run = done("homology", file("points.txt", POINTS), "-o", output, "--cocycles");
    Schemas.assertValid("homology", Files.readString(output.resolve("homology.json")));
    assertTrue(run.err().contains("diagrams.safetensors"), run.err());
    assertTrue(Files.readString(output.resolve("diagrams.csv")).startsWith("dimension,birth,death\n0,0.0,1.0\n"));
    try (SafetensorsFile file = SafetensorsFile.open(output.resolve("diagrams.safetensors"))) {
      Tensor diagram = file.tensors().get("diagram");
      assertEquals(Shape.of(6, 3), diagram.shape());
      float[] rows = new float[18];
      diagram.read(0, MemorySegment.ofArray(rows));
      assertEquals("[1.0, 1.25, 1.6007811]", Arrays.toString(Arrays.copyOfRange(rows, 15, 18)));
      assertEquals(Shape.of(1, 3), file.tensors().get("death_simplices.1").shape());
      assertEquals(Shape.of(2), file.tensors().get("cocycle_offsets.1").shape());
      assertEquals(11, file.tensors().size());
    }
  }

  @Test
  void aTensorIsNamedAndOneAloneNeedsNoName() {
    Path file = folder.resolve("p.safetensors");
    Tensor two = Tensor.of("a", DType.F32, Shape.of(2, 1), MemorySegment.ofArray(new float[] {0, 3}));
    Tensor three = Tensor.of("b", DType.F32, Shape.of(3, 1), MemorySegment.ofArray(new float[] {0, 1, 3}));
    SafetensorsWriter.write(file, List.of(two), Map.of());
    assertTrue(done("homology", file).out().contains(" [0,3)\n"));
    SafetensorsWriter.write(file, List.of(two, three), Map.of());
    assertEquals(2, Cli.run("homology", file).code());
    assertTrue(done("homology", file, "--tensor", "b").out().contains(" [0,1)\n [0,2)\n"));
    Cli missing = Cli.run("homology", file, "--tensor", "c");
    assertEquals(3, missing.code());
    assertTrue(missing.err().contains("expected a tensor \"c\""), missing.err());
  }

  @Test
  void manyPointsAreAGraphWhereFewPairsAreWithinTheThreshold() throws IOException {
    StringBuilder circle = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      double angle = 2 * Math.PI * (i * 7 % 1500) / 1500;
      circle.append(String.format(Locale.ROOT, "%.9f,%.9f%n", Math.cos(angle), Math.sin(angle)));
    }
    Path points = file("circle.csv", circle.toString());
    String plan = done("homology", points, "--threshold", "0.1", "--dry-run").out();
    assertTrue(plan.contains("distances: as a graph\n"), plan);
    assertTrue(done("homology", points, "--threshold", "1.9", "--dry-run").out().contains("distances: as a matrix\n"));
    String sparse = done("homology", points, "--threshold", "0.1").out();
    assertTrue(
        sparse.startsWith("point cloud with 1500 points in dimension 2\nsparse distance matrix with 1500 points"));
    String loops = sparse.substring(sparse.indexOf("dim 1"));
    assertTrue(loops.matches("dim 1:\n \\[0.004188\\d+, \\)\n"), loops);
  }

  @Test
  void aMatrixAndAGraphOfTheSamePointsGiveTheSameBars() throws IOException {
    StringBuilder cloud = new StringBuilder();
    var random = new java.util.SplittableRandom(5);
    for (int i = 0; i < 60; i++) {
      cloud.append(random.nextDouble()).append(' ').append(random.nextDouble()).append('\n');
    }
    Path points = file("cloud.txt", cloud.toString());
    StringBuilder pairs = new StringBuilder();
    String[] lines = cloud.toString().split("\n");
    for (int i = 0; i < 60; i++) {
      for (int j = i + 1; j < 60; j++) {
        float dx = x(lines[i], 0) - x(lines[j], 0);
        float dy = x(lines[i], 1) - x(lines[j], 1);
        pairs.append(i).append(' ').append(j).append(' ').append((float) Math.sqrt(dx * dx + dy * dy)).append('\n');
      }
    }
    String dense = done("homology", points, "--threshold", "0.3", "--quiet").out();
    String sparse = done("homology", file("c.sparse", pairs.toString()), "--threshold", "0.3", "--quiet").out();
    assertEquals(bars(dense), bars(sparse));
    assertTrue(bars(dense).lines().count() > 62, "some loops");
  }

  private static float x(String line, int coordinate) {
    return Float.parseFloat(line.split(" ")[coordinate]);
  }

  /** To five digits: the distances come from two formulae. */
  private static String bars(String out) {
    return out.substring(out.indexOf("persistence")).replaceAll("(\\.\\d{4})\\d+", "$1");
  }

  @Test
  void whatCannotFitIsRefusedWithTheBytes() throws IOException {
    Cli run = Cli.run("homology", file("points.txt", POINTS), "--memory", "100");
    assertEquals(4, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("needs at least") && run.err().contains("--memory allows 100 B"), run.err());
  }

  @Test
  void aDryRunTellsAndComputesNothing() throws IOException {
    Path output = folder.resolve("out");
    Cli run = done("homology", file("points.txt", POINTS), "--dry-run", "-o", output);
    assertTrue(run.out().contains("edges: 10\n") && run.out().contains("memory: at least "), run.out());
    assertFalse(Files.exists(output));
  }

  @Test
  void aPointWithoutADirectionIsNamed() throws IOException {
    Cli run = Cli.run("homology", file("points.txt", "1 0\n0 1\n0 0\n"), "--metric", "cosine", "--quiet");
    assertEquals(3, run.code());
    assertTrue(run.err().contains("line 3, point 2, from 0: expected a point with a distance"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "7\n7", "7 8\n7 8\n7 8"})
  void smallAndRepeatedInputsHaveTheirComponents(String content) throws IOException {
    String out = done("homology", file("small.txt", content), "--dim", 2, "--quiet").out();
    assertTrue(out.endsWith("dim 0:\n [0, )\npersistence intervals in dim 1:\npersistence intervals in dim 2:\n"), out);
  }

  @Test
  void theEmulatedDeviceGivesTheSameBars() throws IOException {
    Cli run = Cli.run("homology", file("points.txt", POINTS), "--engine", "cuda-emulated");
    if (run.code() != 4) {
      assertEquals(RIPSER, run.out(), run.err());
    }
  }
}
