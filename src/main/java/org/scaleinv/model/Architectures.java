package org.scaleinv.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.scaleinv.error.Escape;

/** The architecture tables, and which of them fits a model. */
final class Architectures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<ArchitectureTable> TABLES = load();

  private Architectures() {}

  /**
   * The table that fits.
   *
   * @param table empty when none does
   * @param declared whether config.json names the table's architecture, not only the tensors
   */
  record Recognised(Optional<FittedTable> table, boolean declared, List<String> warnings) {
    static Recognised unknown(List<String> warnings) {
      return new Recognised(Optional.empty(), false, warnings);
    }
  }

  static List<ArchitectureTable> tables() {
    return TABLES;
  }

  /** By model_type first, by the tensors' names where it is absent, has no table, or does not fit them. */
  static Recognised recognise(Optional<String> modelType, Set<String> tensorNames) {
    Set<String> patterns =
        tensorNames.stream()
            .map(name -> TensorName.of(CommonRules.unpackedName(name)).pattern())
            .collect(Collectors.toSet());
    List<String> warnings = new ArrayList<>();
    Optional<ArchitectureTable> declared =
        modelType.flatMap(type -> TABLES.stream().filter(t -> t.modelTypes().contains(type)).findFirst());
    if (declared.isPresent()) {
      Optional<FittedTable> fitted = FittedTable.fit(declared.get(), patterns);
      if (fitted.isPresent()) {
        return new Recognised(fitted, true, warnings);
      }
      String table = declared.get().name();
      warnings.add(
          "model_type is " + Escape.quoted(modelType.get()) + ", but the tensors' names are not those of " + table);
    }
    for (ArchitectureTable table : TABLES) {
      Optional<FittedTable> fitted = FittedTable.fit(table, patterns);
      if (fitted.isPresent()) {
        if (modelType.isPresent()) {
          String type = Escape.quoted(modelType.get());
          warnings.add("model_type " + type + " is read as " + table.name() + ", by its tensors' names");
        }
        return new Recognised(fitted, false, warnings);
      }
    }
    warnings.add(
        "no architecture table fits" + modelType.map(t -> " model_type " + Escape.quoted(t)).orElse("")
            + ": every matrix has role matrix, embeddings are not told apart, no head circuits");
    return Recognised.unknown(warnings);
  }

  private static List<ArchitectureTable> load() {
    List<String> files = resource("index.json", new TypeReference<>() {});
    return files.stream().map(file -> resource(file, new TypeReference<ArchitectureTable>() {})).toList();
  }

  static <T> T resource(String file, TypeReference<T> type) {
    try (InputStream in = Architectures.class.getResourceAsStream(file)) {
      return JSON.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + file, e);
    }
  }
}
