package org.scaleinv.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Inventory;
import org.scaleinv.model.Inventory.Entry;

/** A checkpoint's parts for a reader at a terminal. */
public final class InspectionTable {
  private static final String UNKNOWN = "unknown";

  private InspectionTable() {}

  /** Sizes, then a row a tensor, then what could not be placed; each line ended by a newline. */
  public static String of(Checkpoint checkpoint) {
    String tables = sizes(checkpoint) + "\n" + tensors(checkpoint);
    return checkpoint.unplaced().isEmpty() ? tables : tables + "\n" + unplaced(checkpoint);
  }

  private static TextTable sizes(Checkpoint checkpoint) {
    return new TextTable()
        .left("model")
        .left(Escape.visible(checkpoint.name()))
        .row("architecture", checkpoint.architecture())
        .row("parameters", grouped(checkpoint.parameters()))
        .row("without embeddings", grouped(checkpoint.parametersWithoutEmbeddings()))
        .row("width", known(checkpoint.width()))
        .row("depth", known(checkpoint.depth()))
        .row("heads", known(checkpoint.heads()))
        .row("weight matrices", grouped(checkpoint.matrices().size()))
        .row("head circuits", grouped(checkpoint.circuits().size()));
  }

  private static TextTable tensors(Checkpoint checkpoint) {
    TextTable table =
        new TextTable().left("tensor").left("dtype").right("shape").left("role").right("layer").right("elements");
    for (Entry entry : Inventory.of(checkpoint)) {
      table.row(
          Escape.visible(entry.tensor().name()),
          entry.tensor().dtype().name(),
          entry.tensor().shape().toString(),
          roles(entry),
          entry.layer() == null ? null : entry.layer().toString(),
          grouped(entry.tensor().shape().size()));
    }
    return table;
  }

  /** "attention.q" for one role, "attention.q k v" for the parts of a fused tensor. */
  private static String roles(Entry entry) {
    return entry.roles().stream()
        .map(role -> role.equals(entry.roles().getFirst()) ? role : role.substring(role.indexOf('.') + 1))
        .collect(Collectors.joining(" "));
  }

  private static TextTable unplaced(Checkpoint checkpoint) {
    TextTable table = new TextTable().left("not placed").left("reason");
    checkpoint.unplaced().forEach(tensor -> table.row(Escape.visible(tensor.tensor()), tensor.reason()));
    return table;
  }

  private static String known(Integer size) {
    return size == null ? UNKNOWN : grouped(size);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
