package org.scaleinv.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every kernel that the compiler saw, with its cost line.
 *
 * @param nvcc the compiler's version
 * @param rows by file and name
 */
record KernelTable(String nvcc, List<Row> rows) {

  /** @param byChip one entry a reported chip, by compute capability */
  record Row(KernelCost cost, SortedMap<Integer, Resources> byChip) {
    Resources on(Chip chip) {
      return byChip.get(chip.capability());
    }

    /** Bytes of shared memory of a block, declared and dynamic. */
    int shared(Chip chip) {
      return on(chip).shared() + cost.dynamic(chip);
    }

    Chip.Occupancy occupancy(Chip chip) {
      return chip.occupancy(on(chip).registers(), cost.block(), shared(chip));
    }
  }

  /** @throws BadReport when a chip, a kernel's cost line or the kernel of a cost line is missing */
  static KernelTable of(CompilerLog log, SortedMap<String, KernelCost> costs) {
    var kernels = new TreeSet<String>();
    for (Chip chip : Chip.REPORTED) {
      if (!log.byChip().containsKey(chip.capability())) {
        throw new BadReport("nvcc " + log.nvcc() + " did not compile for " + chip.code() + ": 12.8 or later does");
      }
      kernels.addAll(log.byChip().get(chip.capability()).keySet());
    }
    requireNone(kernels, costs.keySet(), "a kernel without a cost line");
    requireNone(costs.keySet(), kernels, "a cost line of a kernel that the compiler did not see");
    List<Row> rows = new ArrayList<>();
    for (String kernel : kernels) {
      SortedMap<Integer, Resources> byChip = new TreeMap<>();
      Chip.REPORTED.forEach(chip -> byChip.put(chip.capability(), of(log, chip, kernel)));
      rows.add(new Row(costs.get(kernel), byChip));
    }
    rows.sort((a, b) -> a.cost().file().compareTo(b.cost().file()));
    return new KernelTable(log.nvcc(), List.copyOf(rows));
  }

  private static Resources of(CompilerLog log, Chip chip, String kernel) {
    Resources resources = log.byChip().get(chip.capability()).get(kernel);
    if (resources == null) {
      throw new BadReport(kernel + " was not compiled for " + chip.code());
    }
    return resources;
  }

  private static void requireNone(Iterable<String> names, Set<String> known, String fault) {
    var lacking = new TreeSet<String>();
    for (String name : names) {
      if (!known.contains(name)) {
        lacking.add(name);
      }
    }
    if (!lacking.isEmpty()) {
      throw new BadReport(fault + ": " + String.join(", ", lacking));
    }
  }

  /** What no kernel may do, a line each: spill, unless it is preparation, or not fit a chip. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Row row : rows) {
      for (Chip chip : Chip.REPORTED) {
        Resources found = row.on(chip);
        if (!row.cost().preparation() && !found.keepsToRegisters()) {
          faults.add(
              "%s spills on %s: %d bytes stored, %d loaded, stack %d".formatted(
                  row.cost().kernel(), chip.code(), found.spillStores(), found.spillLoads(), found.stack()));
        }
        if (row.occupancy(chip).blocks() == 0) {
          faults.add(
              "%s does not fit %s: %d registers, %d threads, %d bytes of shared memory".formatted(
                  row.cost().kernel(), chip.code(), found.registers(), row.cost().block(), row.shared(chip)));
        }
      }
    }
    return faults;
  }
}
