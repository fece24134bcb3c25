package org.scaleinv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From what nvcc prints and a file's head to the report. */
class KernelTableTest {
  private static final String HEAD = """
      // Two kernels.
      //   cost sum_{rows,columns}: n=1000 d=20; bytes=8*n*d; f64=n*d;
      //     block=128; dynamic=min(8*n, limit)
      //   cost first: n=10; bytes=n; f32=10^9*n; block=32; preparation
      #include "kernel.cuh"
      """;

  private static String compiled(String kernel, int chip, int registers, int spilled, int shared) {
    return """
        ptxas info    : Compiling entry function '%s' for 'sm_%d'
        ptxas info    : Function properties for %1$s
            %4$d bytes stack frame, %4$d bytes spill stores, %4$d bytes spill loads
        ptxas info    : Used %3$d registers, used 1 barriers, %5$d bytes smem, 400 bytes cmem[0]
        ptxas info    : Compile time = 1.5 ms
        """.formatted(kernel, chip, registers, spilled, shared);
  }

  private static String log(int... chips) {
    return Arrays.stream(chips)
        .mapToObj(
            chip -> compiled("sum_rows", chip, 40, 0, 512) + compiled("first", chip, chip, 0, 0)
                + compiled("sum_columns", chip, 40, 0, 512))
        .collect(Collectors.joining("ptxas info    : 0 bytes gmem\n", "nvcc 13.1.2\n", ""));
  }

  private static SortedMap<String, KernelCost> costs(String head) {
    return CostLines.ofFile("sums.cu", head).stream()
        .collect(Collectors.toMap(KernelCost::kernel, cost -> cost, (a, b) -> a, TreeMap::new));
  }

  private static KernelTable table(String log) {
    return KernelTable.of(CompilerLog.parse(log), costs(HEAD));
  }

  @Test
  void everyKernelOfEveryChipIsReadWhateverTheOrder() {
    CompilerLog log = CompilerLog.parse(log(120, 75, 80, 100, 90));
    assertEquals("13.1.2", log.nvcc());
    assertEquals(List.of(75, 80, 90, 100, 120), List.copyOf(log.byChip().keySet()));
    assertEquals(new Resources(40, 0, 0, 0, 512), log.byChip().get(100).get("sum_rows"));
    assertEquals(new Resources(90, 0, 0, 0, 0), log.byChip().get(90).get("first"));
    assertEquals(Markdown.of(table(log(80, 90, 100, 120))), Markdown.of(table(log(120, 75, 80, 100, 90))));
  }

  @Test
  void spillsOfFunctionsThatAKernelCallsAreItsOwn() {
    String called = compiled("k", 80, 30, 8, 0).replace(
        "ptxas info    : Used",
        "ptxas info    : Function properties for called\n"
            + "    16 bytes stack frame, 4 bytes spill stores, 2 bytes spill loads\nptxas info    : Used");
    assertEquals(
        new Resources(30, 12, 10, 24, 0), CompilerLog.parse("nvcc 1\n" + called).byChip().get(80).get("k"));
  }

  @Test
  void costsAreThoseOfTheLine() {
    KernelCost sum = costs(HEAD).get("sum_columns");
    assertEquals(List.of("n", "d"), List.copyOf(sum.sizes().keySet()));
    assertEquals(160_000, sum.bytes());
    assertEquals(20_000, sum.f64());
    assertEquals(0, sum.f32());
    assertEquals(8000, sum.dynamic(Chip.REPORTED.getFirst()));
    assertEquals(
        99 << 10, costs(HEAD.replace("n=1000", "n=100000")).get("sum_rows").dynamic(Chip.REPORTED.getLast()));
    assertEquals(
        List.of("first"),
        costs(HEAD).values().stream().filter(KernelCost::preparation).map(KernelCost::kernel).toList());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "A100 SXM 80GB | 2039e9 | 0 | 0 | 1 | memory", "H100 SXM | 6700e9 | 67e12 | 0 | 2 | memory",
    "A100 SXM 80GB | 0 | 39e12 | 9.7e12 | 2 | F32", "RTX 4090 | 1008e9 | 82.6e12 | 2.58e12 | 2 | F64"})
  void theFloorIsWhatTakesLongest(String name, double bytes, double f32, double f64, double seconds, String bound) {
    Datasheet device = Datasheet.ALL.stream().filter(each -> each.device().equals(name)).findFirst().orElseThrow();
    var cost = new KernelCost("k", "k.cu", Map.of(), 32, "0", bytes, f32, f64, false);
    assertEquals(new Datasheet.Floor(seconds, bound), device.floor(cost));
  }

  @Test
  void onlyPreparationMaySpill() {
    String log = log(80, 90, 100, 120);
    assertEquals(List.of(), table(log).faults());
    assertEquals(List.of(),
        table(log.replace(compiled("first", 90, 90, 0, 0), compiled("first", 90, 90, 8, 0))).faults());
    assertEquals(
        List.of("sum_rows spills on sm_90: 8 bytes stored, 8 loaded, stack 8"),
        table(
            log.replace(
                compiled("sum_rows", 90, 40, 0, 512) + compiled("first", 90, 90, 0, 0),
                compiled("sum_rows", 90, 40, 8, 512) + compiled("first", 90, 90, 0, 0)))
            .faults());
  }

  @Test
  void whatDoesNotFitAChipIsAFault() {
    // 8,000 bytes are asked for at the launch
    String log =
        log(80, 90, 100, 120).replace(compiled("sum_rows", 120, 40, 0, 512), compiled("sum_rows", 120, 40, 0, 93377));
    assertEquals(
        List.of("sum_rows does not fit sm_120: 40 registers, 128 threads, 101377 bytes of shared memory"),
        table(log).faults());
  }

  @Test
  void aKernelWithoutACostLineIsNamed() {
    String log = log(80, 90, 100, 120) + compiled("another", 120, 8, 0, 0);
    assertNames("a kernel without a cost line: another", () -> table(log));
    assertNames(
        "a cost line of a kernel that the compiler did not see: first",
        () -> table(log(80, 90, 100, 120).replace("first", "sum_rows")));
    assertNames("first was not compiled for sm_80",
        () -> table(log(80, 90, 100, 120).replace("'first' for 'sm_80'", "'sum_rows' for 'sm_80'")));
    assertNames("nvcc 13.1.2 did not compile for sm_100: 12.8 or later does", () -> table(log(80, 90)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k n=1; bytes=n; block=1", "k: n=1; bytes=n", "k: n=1; bytes=n; block=1; flop=n",
    "k: n=1; bytes=m; block=1", "k: n=1; bytes=n; bytes=n; block=1", "k: n; bytes=1; block=1",
    "k: n=1; bytes=n; block=1; dynamic=most"})
  void aCostLineThatIsNoneIsNamedWithItsFile(String line) {
    assertNames("kernels/sums.cu: cost " + line + ": ", () -> costs("//   cost " + line + "\n"));
  }

  private static void assertNames(String text, Executable work) {
    var bad = assertThrows(BadReport.class, work);
    assertTrue(bad.getMessage().startsWith(text), bad.getMessage());
  }

  @Test
  void kernelsOfWhichTheSameIsSaidShareALine() {
    List<String> lines = Markdown.of(table(log(80, 90, 100, 120))).lines().toList();
    assertTrue(
        lines.contains(
            "| `sum_columns`, `sum_rows` | 128 | 40 | 0 | 512 + 8,000 | 48 (75 %) · 48 (75 %) · 48 (75 %) · 40 (83 %) "
                + "| registers · registers · registers · shared memory |"),
        () -> String.join("\n", lines));
    assertTrue(
        lines.contains(
            "| `sum_columns`, `sum_rows` | n = 1,000, d = 20 | 0.160 | 0.0000200 F64 | 0.0785 µs, memory "
                + "| 0.0478 µs, memory | 0.159 µs, memory |"),
        () -> String.join("\n", lines));
  }

  @Test
  void aPageKeepsWhatIsAroundTheReport() {
    String page = "before\n<!-- kernel-report: from here by scripts/kernel-report --write -->\nold\n"
        + "<!-- kernel-report: to here -->\nafter\n";
    assertEquals("old\n", KernelReport.section(page));
    String written = KernelReport.withSection(page, "new\nlines\n");
    assertEquals("new\nlines\n", KernelReport.section(written));
    assertEquals(page.replace("old\n", "new\nlines\n"), written);
    assertNames("docs/gpu.md has no place for the report", () -> KernelReport.section("nothing"));
  }

  @Test
  void numbersHaveThreeDigitsAtLeast() {
    assertEquals(
        List.of("0", "1,234,568", "999", "12.3", "1.00", "0.0123"),
        Stream.of(0.0, 1234567.8, 999.4, 12.34, 1.0, 0.01234).map(Markdown::significant).toList());
  }
}
