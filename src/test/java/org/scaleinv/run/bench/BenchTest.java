package org.scaleinv.run.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Probe;
import org.scaleinv.engine.cpu.CpuEngine;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.UsageError;
import org.scaleinv.report.BenchFiles;
import org.scaleinv.report.BenchReport;
import org.scaleinv.report.BenchReport.Limit;
import org.scaleinv.report.BenchReport.Row;
import org.scaleinv.report.BenchReport.Timing;
import org.scaleinv.report.BenchTable;
import org.scaleinv.report.Schemas;
import org.scaleinv.run.Progress;
import org.scaleinv.tensor.DType;

class BenchTest {
  private static final int RUNS = 3;

  private static Engine cpu;

  @BeforeAll
  static void open() {
    cpu = new CpuEngine();
  }

  @AfterAll
  static void close() {
    cpu.close();
  }

  static Stream<Operation> operations() {
    return Stream.of(
        Suite.small().operations().stream(),
        Stream.of(
            CeilingOperations.copy(4000),
            CeilingOperations.copy(100_000),
            CeilingOperations.product(DType.F32, 17),
            CeilingOperations.product(DType.F32, 100),
            CeilingOperations.product(DType.F64, 17),
            CeilingOperations.product(DType.F64, 100),
            MemoryOperations.upload(1),
            MemoryOperations.download(1),
            MemoryOperations.widen(DType.F16, DType.F32, 1 << 16),
            SpectraOperations.gram(1, 1),
            SpectraOperations.gram(150, 20),
            SpectraOperations.eigenvalues(1),
            SpectraOperations.eigenvalues(200),
            SpectraOperations.singularValues(1, 60, 20),
            SpectraOperations.singularValues(3, 20, 20),
            SpectraOperations.singularVectors(1, 1),
            SpectraOperations.singularVectors(60, 20),
            TriangleOperations.accumulate(1, 1, 1),
            TriangleOperations.accumulate(3, 50, 20),
            TriangleOperations.accumulate(2, 7, 20),
            TriangleOperations.product(1, 1),
            TriangleOperations.product(3, 33),
            TriangleOperations.norm(1, 1),
            TriangleOperations.norm(3, 1000),
            CorrelationOperations.standardise(70, 300),
            CorrelationOperations.matrix(70, 300),
            CorrelationOperations.bestPartners(70, 300),
            PersistenceOperations.dense(12, 1),
            PersistenceOperations.dense(8, 2)),
        Stream.of(Metric.values()).map(metric -> DistanceOperations.all(metric, 70, 300))).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void rightAnswersPass(Operation operation) {
    for (int threads = 1; threads <= 3; threads += 2) {
      try (Trial trial = operation.on(cpu, threads)) {
        for (int run = 0; run < 2; run++) {
          trial.prepare();
          trial.run();
        }
        assertDoesNotThrow(trial::check);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void oneWrongNumberIsAnError(Operation operation) {
    try (Trial trial = operation.on(new FalseEngine(cpu, "cpu", true), 1)) {
      trial.prepare();
      trial.run();
      EngineFailure failure = assertThrows(EngineFailure.class, trial::check);
      assertTrue(
          failure.getMessage().matches("cpu engine: .+ (is|are) wrong: .+: expected .+, found .+"),
          failure.getMessage());
      assertEquals(4, failure.exitCode());
    }
  }

  @Test
  void aWrongAnswerEndsTheRun() {
    Engine wrong = new FalseEngine(cpu, "cpu", true);
    assertThrows(EngineFailure.class, () -> bench(wrong).run(Suite.small().select(List.of("eigenvalues"))));
  }

  @Test
  void jsonKeepsToItsSchema() throws IOException {
    BenchReport report = bench(cpu).run(Suite.small());
    String json = json(report);
    Schemas.assertValid("bench", json);
    JsonNode root = new ObjectMapper().readTree(json);
    assertEquals("measured", root.get("timings").textValue());
    assertEquals(Suite.small().names(), root.get("operations").findValuesAsText("operation"));
    for (JsonNode row : root.get("operations")) {
      double seconds = row.get("seconds").doubleValue();
      assertEquals(row.get("bytes").doubleValue() / seconds, row.get("bytes_per_second").doubleValue());
      assertEquals(
          row.get("floor_seconds").doubleValue() / seconds, row.get("share_of_ceiling").doubleValue());
      assertTrue(row.get("runs").intValue() >= RUNS);
      assertTrue(
          row.get("fastest").doubleValue() <= seconds && seconds <= row.get("slowest").doubleValue());
    }
  }

  @Test
  void csvHasARowACeilingAndARowAnOperation() {
    BenchReport report = bench(cpu).run(Suite.small().select(List.of("widen")));
    List<String> lines = BenchFiles.csv(report).lines().toList();
    assertEquals(1 + report.ceilings().size() + report.operations().size(), lines.size());
    assertTrue(lines.getFirst().startsWith("engine,timings,operation,sizes,threads,"), lines.getFirst());
    assertTrue(lines.get(1).startsWith("cpu,measured,copy,F32 16384,1,,131072.0,0.0,"), lines.get(1));
  }

  @Test
  void timesOfAnEmulatedDeviceAreMarkedInEveryForm() throws IOException {
    Engine emulated = new FalseEngine(cpu, "cuda-emulated", false);
    BenchReport report = bench(emulated).run(Bench.suite(emulated.name()).select(List.of("gram", "upload")));
    assertTrue(BenchTable.of(report).lines().limit(3).anyMatch(line -> line.contains("meaningless")));
    Schemas.assertValid("bench", json(report));
    assertEquals("meaningless", new ObjectMapper().readTree(json(report)).get("timings").textValue());
    assertTrue(
        BenchFiles.csv(report).lines().skip(1).allMatch(line -> line.startsWith("cuda-emulated,meaningless,")));
  }

  @Test
  void ceilingsAreThoseOfTheOperationsThreadsAndArithmetic() {
    BenchReport report = bench(cpu).run(Suite.small().select(List.of("gram", "eigenvalues", "distances.euclidean")));
    assertEquals(
        List.of("copy 1", "copy 3", "gemm.f32 3", "gemm.f64 1", "gemm.f64 3"),
        report.ceilings().stream().map(row -> row.operation() + " " + row.threads()).toList());
    Row gram = report.operations().getFirst();
    assertEquals(report.ceilings().get(1).bytesPerSecond(), gram.limit().bytesPerSecond());
    assertEquals(report.ceilings().get(4).flopsPerSecond(), gram.limit().flopsPerSecond());
  }

  @Test
  void aCeilingThatCannotBeMeasuredIsNamedAndBoundsNothing() throws IOException {
    Suite suite = Suite.small().select(List.of("gram", "widen", "distances.euclidean"));
    BenchReport report = bench(withoutProduct(cpu)).run(suite);
    assertEquals(Map.of("gemm.f32", "no library", "gemm.f64", "no library"), report.notMeasured());
    assertTrue(BenchTable.of(report).contains("\ngemm.f64 was not measured: no library\n"), BenchTable.of(report));
    Schemas.assertValid("bench", json(report));
    assertEquals(suite.names(), report.operations().stream().map(Row::operation).toList());
    for (Row row : report.operations()) {
      assertEquals(row.flops() > 0, row.limit() == null, row.operation());
    }
  }

  private static Engine withoutProduct(Engine engine) {
    Probe probe = but(Probe.class, engine.probe(), "noProduct", Optional.of("no library"));
    return but(Engine.class, engine, "probe", probe);
  }

  /** The same, but for the answer of one method. */
  private static <T> T but(Class<T> type, T same, String name, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> method.getName().equals(name) ? answer : method.invoke(same, arguments)));
  }

  @Test
  void anOperationIsBoundByTheCeilingItMeetsFirst() {
    // 100 bytes take 10 s; 80 operations 8 s, 400 operations 40 s
    Row moving = row(100, 80, new Limit(10, 10));
    assertEquals(List.of("memory", 10.0, 0.5), List.of(moving.bound(), moving.floor(), moving.shareOfCeiling()));
    Row computing = row(100, 400, new Limit(10, 10));
    assertEquals(
        List.of("arithmetic", 40.0, 2.0), List.of(computing.bound(), computing.floor(), computing.shareOfCeiling()));
  }

  @Test
  void medianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
    assertEquals(new Timing(3, 2, 1, 9), Bench.timing(new double[] {9, 1, 2}));
    assertEquals(new Timing(4, 2.5, 1, 9), Bench.timing(new double[] {9, 3, 1, 2}));
  }

  @Test
  void namesAndGroupsSelect() {
    assertEquals(Suite.full().names(), Suite.small().names());
    assertEquals(List.of("upload", "gram"), Suite.full().select(List.of("gram", "upload")).names());
    assertEquals(
        List.of("singular-values.single", "singular-values.batch"),
        Suite.full().select(List.of("singular-values")).names());
    UsageError unknown = assertThrows(UsageError.class, () -> Suite.full().select(List.of("gram", "wide")));
    assertTrue(unknown.getMessage().startsWith("no operation is called \"wide\"; there are: upload, download, "));
    assertTrue(unknown.getMessage().contains("singular-values.batch"));
  }

  private static Row row(double bytes, double flops, Limit limit) {
    return new Row("x", "1", 1, "F64", bytes, flops, "by hand", new Timing(1, 20, 20, 20), limit, null);
  }

  private static Bench bench(Engine engine) {
    return new Bench(engine, RUNS, RUNS, 0, false, Progress.NONE);
  }

  private static String json(BenchReport report) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    BenchFiles.json(report, text);
    return text.toString(StandardCharsets.UTF_8);
  }
}
