package org.scaleinv.run.bench;

import java.util.ArrayList;
import java.util.List;
import org.scaleinv.engine.Metric;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.tensor.DType;

/**
 * The operations that are timed, each at one size, with the sizes of the ceilings.
 *
 * @param copyBytes of the block whose copy is the ceiling of memory
 * @param productOrder of the matrices whose product is the ceiling of arithmetic
 */
public record Suite(List<Operation> operations, long copyBytes, int productOrder) {

  /** Sizes of models of today; blocks of 64 MB, which most caches do not hold. */
  public static Suite full() {
    return new Suite(operations(1 << 24, 768, 3072, 512, 64, 64, 2000, 768, 45, 14), 256L << 20, 1536);
  }

  /** Sizes that fill a GPU; blocks of 256 MB, which its caches do not hold. */
  public static Suite large() {
    return new Suite(operations(1 << 26, 2048, 8192, 1024, 512, 64, 6000, 768, 70, 20), 1L << 30, 4096);
  }

  /** Sizes that an emulated device can do: they show that the way works, and no speed. */
  public static Suite small() {
    return new Suite(operations(1 << 10, 40, 70, 24, 5, 8, 50, 20, 6, 5), 1L << 16, 40);
  }

  private static List<Operation> operations(
      long elements, int order, int length, int side, int batch, int smallSide, int points, int coordinates,
      int torus, int smallTorus) {
    List<Operation> all = new ArrayList<>();
    all.add(MemoryOperations.upload(elements));
    all.add(MemoryOperations.download(elements));
    for (DType source : List.of(DType.BF16, DType.F16, DType.F8_E4M3, DType.F8_E5M2)) {
      all.add(MemoryOperations.widen(source, DType.F32, elements));
    }
    for (DType source : List.of(DType.BF16, DType.F16, DType.F32)) {
      all.add(MemoryOperations.widen(source, DType.F64, elements / 2));
    }
    all.add(SpectraOperations.gram(order, length));
    all.add(SpectraOperations.eigenvalues(order));
    all.add(SpectraOperations.singularValues(1, side, side));
    all.add(SpectraOperations.singularValues(batch, smallSide, smallSide));
    all.add(SpectraOperations.singularVectors(2 * smallSide, smallSide));
    all.add(TriangleOperations.accumulate(batch, order, smallSide));
    all.add(TriangleOperations.product(batch, smallSide));
    all.add(TriangleOperations.norm(batch, smallSide * smallSide));
    for (Metric metric : Metric.values()) {
      all.add(DistanceOperations.all(metric, points, coordinates));
    }
    all.add(CorrelationOperations.standardise(points, coordinates));
    all.add(CorrelationOperations.matrix(points, coordinates));
    all.add(CorrelationOperations.bestPartners(points, coordinates));
    all.add(PersistenceOperations.dense(torus, 1));
    all.add(PersistenceOperations.dense(smallTorus, 2));
    return List.copyOf(all);
  }

  public List<String> names() {
    return operations.stream().map(Operation::name).toList();
  }

  /**
   * The operations that are named, or whose group is, in this suite's order; all for no names.
   *
   * @throws UsageError for a name that means none
   */
  public Suite select(List<String> names) {
    for (String name : names) {
      if (operations.stream().noneMatch(operation -> operation.isMeantBy(name))) {
        throw new UsageError(
            "no operation is called " + Escape.quoted(name) + "; there are: " + String.join(", ", names()));
      }
    }
    List<Operation> selected =
        operations.stream()
            .filter(operation -> names.isEmpty() || names.stream().anyMatch(operation::isMeantBy))
            .toList();
    return new Suite(selected, copyBytes, productOrder);
  }
}
