package org.scaleinv.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;

/**
 * The fields of one object in a file of JSON.
 *
 * <p>Every method throws BadInput, rule "profile-field", for a field that is missing or of another type: it names the
 * file, the field's place and what was expected.
 */
record JsonFields(Path file, String place, JsonNode node) {

  JsonFields {
    if (!node.isObject()) {
      throw wrong(file, place, "an object", node);
    }
  }

  String text(String name) {
    JsonNode field = field(name);
    if (!field.isTextual()) {
      throw wrong(file, at(name), "a string", field);
    }
    return field.textValue();
  }

  long integer(String name) {
    JsonNode field = field(name);
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw wrong(file, at(name), "an integer", field);
    }
    return field.longValue();
  }

  int small(String name) {
    long value = integer(name);
    if (value != (int) value) {
      throw wrong(file, at(name), "an integer of 32 bits", field(name));
    }
    return (int) value;
  }

  Integer smallOrNull(String name) {
    return field(name).isNull() ? null : Integer.valueOf(small(name));
  }

  Double numberOrNull(String name) {
    JsonNode field = field(name);
    if (field.isNull()) {
      return null;
    }
    if (field.isTextual()) {
      switch (field.textValue()) {
        case "NaN", "Infinity", "-Infinity" -> {
          return Double.valueOf(field.textValue());
        }
        default -> {
        }
      }
    }
    if (!field.isNumber()) {
      throw wrong(file, at(name), "a number, \"NaN\", \"Infinity\" or \"-Infinity\"", field);
    }
    return field.doubleValue();
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name);
    List<String> labels = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String label = constant.name().toLowerCase(Locale.ROOT);
      if (label.equals(text)) {
        return constant;
      }
      labels.add(label);
    }
    throw wrong(file, at(name), "one of " + String.join(", ", labels), field(name));
  }

  <T> T parsedOrNull(String name, String expected, Function<String, T> parse) {
    if (field(name).isNull()) {
      return null;
    }
    T parsed = parse.apply(text(name));
    if (parsed == null) {
      throw wrong(file, at(name), expected, field(name));
    }
    return parsed;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isTextual()) {
        throw wrong(file, at(name), "an array of strings", item);
      }
      texts.add(item.textValue());
    }
    return List.copyOf(texts);
  }

  <T> List<T> list(String name, Function<JsonFields, T> read) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      items.add(read.apply(new JsonFields(file, at(name) + "[" + items.size() + "]", item)));
    }
    return List.copyOf(items);
  }

  /** Null for null. */
  List<Integer> smallsOrNull(String name) {
    if (field(name).isNull()) {
      return null;
    }
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isIntegralNumber() || !item.canConvertToInt()) {
        throw wrong(file, at(name), "an array of integers of 32 bits", item);
      }
      numbers.add(item.intValue());
    }
    return List.copyOf(numbers);
  }

  /** All fields, each an integer of 32 bits. */
  SortedMap<String, Integer> smalls() {
    SortedMap<String, Integer> numbers = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> numbers.put(name, small(name)));
    return numbers;
  }

  /** Empty for a field that is not there. */
  Optional<JsonFields> objectIfAny(String name) {
    return node.has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  JsonFields object(String name) {
    return new JsonFields(file, at(name), field(name));
  }

  /** All fields, as strings, numbers, booleans, nulls, and lists and maps of them. */
  SortedMap<String, Object> tree() {
    SortedMap<String, Object> tree = new TreeMap<>();
    node.properties().forEach(field -> tree.put(field.getKey(), value(field.getValue())));
    return tree;
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.numberValue();
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        yield items;
      }
      case OBJECT -> {
        SortedMap<String, Object> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        yield fields;
      }
      default -> null;
    };
  }

  private JsonNode array(String name) {
    JsonNode field = field(name);
    if (!field.isArray()) {
      throw wrong(file, at(name), "an array", field);
    }
    return field;
  }

  private JsonNode field(String name) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw new BadInput(
          "profile-field", Escape.visible(file.toString()) + ": expected a field " + at(name) + ", found none");
    }
    return field;
  }

  private String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private static BadInput wrong(Path file, String place, String expected, JsonNode found) {
    String text = found.toString();
    return new BadInput(
        "profile-field",
        Escape.visible(file.toString()) + ": " + (place.isEmpty() ? "expected " : place + ": expected ") + expected
            + ", found " + Escape.quoted(text));
  }
}
