package org.scaleinv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.engine.Metric;
import org.scaleinv.run.bench.CorrelationOperations;
import org.scaleinv.run.bench.Cost;
import org.scaleinv.run.bench.DistanceOperations;
import org.scaleinv.run.bench.MemoryOperations;
import org.scaleinv.run.bench.Operation;
import org.scaleinv.run.bench.SpectraOperations;
import org.scaleinv.run.bench.TriangleOperations;
import org.scaleinv.tensor.DType;

/** The cost lines beside what {@code scaleinv bench} counts of the operations that the kernels serve. */
class CostsOfTheKernelsTest {
  static Stream<Arguments> operations() throws IOException {
    SortedMap<String, KernelCost> costs = CostLines.ofFolder(Path.of("kernels"));
    Stream<Arguments> widening = costs.keySet().stream()
        .filter(kernel -> kernel.startsWith("widen_"))
        .map(kernel -> Arguments.of(kernel, costs.get(kernel), widening(kernel, size(costs.get(kernel), "count"))));
    return Stream.concat(
        widening,
        Stream.of(
            distances("distances_dot", Metric.EUCLIDEAN, costs),
            distances("distances_dot", Metric.COSINE, costs),
            distances("distances_manhattan", Metric.MANHATTAN, costs),
            distances("distances_chebyshev", Metric.CHEBYSHEV, costs),
            correlations(costs.get("correlations")),
            gram(costs.get("gram_accumulate")),
            batch(costs.get("accumulate_triangles"), "length", "order", TriangleOperations::accumulate),
            batch(costs.get("triangle_products"), "order", null, (count, n, none) ->
                TriangleOperations.product(count, n)),
            batch(costs.get("frobenius_norms"), "elements", null, (count, n, none) ->
                TriangleOperations.norm(count, n))));
  }

  private static Operation widening(String kernel, long count) {
    int last = kernel.lastIndexOf('_');
    return MemoryOperations.widen(
        dtype(kernel.substring("widen_".length(), last)), dtype(kernel.substring(last + 1)), count);
  }

  private static DType dtype(String name) {
    return DType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Arguments distances(String kernel, Metric metric, SortedMap<String, KernelCost> costs) {
    KernelCost cost = costs.get(kernel);
    return Arguments.of(kernel, cost, DistanceOperations.all(metric, (int) size(cost, "n"), (int) size(cost, "d")));
  }

  private static Arguments correlations(KernelCost cost) {
    return Arguments.of(
        cost.kernel(), cost, CorrelationOperations.matrix((int) size(cost, "n"), (int) size(cost, "t")));
  }

  private static Arguments gram(KernelCost cost) {
    return Arguments.of(
        cost.kernel(), cost, SpectraOperations.gram((int) size(cost, "order"), (int) size(cost, "length")));
  }

  private interface Batch {
    Operation of(int count, int first, int second);
  }

  private static Arguments batch(KernelCost cost, String first, String second, Batch operation) {
    int other = second == null ? 0 : (int) size(cost, second);
    return Arguments.of(
        cost.kernel(), cost, operation.of((int) size(cost, "count"), (int) size(cost, first), other));
  }

  private static long size(KernelCost cost, String name) {
    return cost.sizes().get(name).longValue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void areThoseOfTheBench(String kernel, KernelCost cost, Operation operation) {
    assertNotNull(cost, kernel);
    Cost counted = operation.cost();
    assertEquals(counted.bytes(), cost.bytes(), () -> "bytes of " + kernel);
    double f32 = counted.arithmetic() == DType.F32 ? counted.flops() : 0;
    double f64 = counted.arithmetic() == DType.F64 ? counted.flops() : 0;
    assertEquals(f32, cost.f32(), () -> "F32 operations of " + kernel);
    assertEquals(f64, cost.f64(), () -> "F64 operations of " + kernel);
  }

  /** A row is one product, and 32 rows an update; what else a row takes is of order n². */
  @ParameterizedTest
  @ValueSource(ints = {512, 2048})
  void launchesOfTheTridiagonalFormAddUpToTheReduction(int order) throws IOException {
    String source = Files.readString(Path.of("kernels", "tridiagonal.cu"));
    double flops = 0;
    for (int length = 1; length < order; length++) {
      flops += ofLength(source, length, "tridiagonal_product");
      if (length % 32 == 0) {
        flops += ofLength(source, length, "tridiagonal_update");
      }
    }
    double reduction = SpectraOperations.eigenvalues(order).cost().flops();
    // whole panels count the last length of 32: at most 32·n² more or less of either sum, of 4n³/3
    assertEquals(reduction, flops, 48.0 / order * reduction);
  }

  private static double ofLength(String source, int length, String kernel) {
    return CostLines.ofFile("tridiagonal.cu", source.replace(" n=3072;", " n=" + length + ";")).stream()
        .filter(cost -> cost.kernel().equals(kernel))
        .mapToDouble(KernelCost::f64)
        .sum();
  }
}
