package org.scaleinv.run.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.scaleinv.report.BenchReport.Limit;
import org.scaleinv.report.BenchReport.Row;
import org.scaleinv.run.bench.Operation.Sharing;
import org.scaleinv.tensor.DType;

/** What bounds the operations of a suite, on as many threads as each of them has. */
final class Ceilings {
  /** @param product F32 or F64 for a matrix product in it, null for the copy */
  record Need(DType product, int threads) {}

  private final Set<Need> needs =
      new TreeSet<>(
          Comparator.comparing(Need::product, Comparator.nullsFirst(Comparator.naturalOrder()))
              .thenComparing(Need::threads));
  private final List<Row> rows = new ArrayList<>();
  private final List<Need> measured = new ArrayList<>();

  Ceilings(List<Operation> operations, int threads) {
    operations.forEach(operation -> needs.add(new Need(null, operation.threads(threads))));
    for (Operation operation : operations) {
      if (operation.cost().flops() > 0) {
        needs.add(new Need(operation.cost().arithmetic(), operation.threads(threads)));
      }
    }
  }

  Set<Need> needs() {
    return needs;
  }

  void add(Need need, Row row) {
    measured.add(need);
    rows.add(row);
  }

  List<Row> rows() {
    return rows;
  }

  /** @return null where a ceiling was not measured, and for a transfer between two memories, whose way has none here */
  Limit limit(Operation operation, int threads, boolean oneMemory) {
    int allowed = operation.threads(threads);
    boolean computes = operation.cost().flops() > 0;
    Need product = new Need(operation.cost().arithmetic(), allowed);
    if (operation.sharing() == Sharing.TRANSFER && !oneMemory || computes && !measured.contains(product)) {
      return null;
    }
    return new Limit(
        row(new Need(null, allowed)).bytesPerSecond(),
        computes ? row(product).flopsPerSecond() : Double.POSITIVE_INFINITY);
  }

  /** As {@link #limit}, from what the ceilings took by the device's clock; null where they were not timed by it. */
  Limit limitOnDevice(Operation operation, int threads) {
    int allowed = operation.threads(threads);
    Row copy = row(new Need(null, allowed));
    Row product = operation.cost().flops() == 0 ? null : row(new Need(operation.cost().arithmetic(), allowed));
    if (!timed(copy) || (product != null && !timed(product))) {
      return null;
    }
    return new Limit(
        copy.bytes() / copy.onDevice().seconds(),
        product == null ? Double.POSITIVE_INFINITY : product.flops() / product.onDevice().seconds());
  }

  private static boolean timed(Row ceiling) {
    return ceiling.onDevice() != null && ceiling.onDevice().seconds() > 0;
  }

  private Row row(Need need) {
    return rows.get(measured.indexOf(need));
  }
}
