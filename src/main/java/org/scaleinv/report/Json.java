package org.scaleinv.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes trees of maps, iterables, strings, numbers, booleans and nulls as JSON.
 *
 * <p>Doubles stand in their shortest form that reads back to the same bits; NaN and infinities as the strings "NaN",
 * "Infinity" and "-Infinity". The two outer levels are laid out over lines, everything deeper stays on one line, so
 * that a measurement is a line for grep and diff.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes the tree in UTF-8, ended by a newline; leaves the stream open. */
  static void write(Object tree, OutputStream out) throws IOException {
    JsonGenerator generator = FACTORY.createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.setPrettyPrinter(new OuterLevels());
    value(generator, tree);
    generator.writeRaw('\n');
    generator.close();
  }

  /** The tree on one line. */
  static String line(Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      value(generator, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void value(JsonGenerator generator, Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Boolean flag -> generator.writeBoolean(flag);
      case Double number -> generator.writeNumber(number);
      case Float number -> generator.writeNumber(number);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          generator.writeFieldName((String) entry.getKey());
          value(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      case Iterable<?> items -> {
        generator.writeStartArray();
        for (Object item : items) {
          value(generator, item);
        }
        generator.writeEndArray();
      }
      default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
    }
  }

  /** Breaks lines inside the two outer levels only. */
  private static final class OuterLevels implements PrettyPrinter {
    private static final int LEVELS = 2;

    private int depth;

    @Override
    public void writeRootValueSeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw('\n');
    }

    @Override
    public void writeStartObject(JsonGenerator generator) throws IOException {
      open(generator, '{');
    }

    @Override
    public void writeEndObject(JsonGenerator generator, int entries) throws IOException {
      close(generator, '}', entries);
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator generator) throws IOException {
      separate(generator);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(": ");
    }

    @Override
    public void writeStartArray(JsonGenerator generator) throws IOException {
      open(generator, '[');
    }

    @Override
    public void writeEndArray(JsonGenerator generator, int values) throws IOException {
      close(generator, ']', values);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
      separate(generator);
    }

    @Override
    public void beforeArrayValues(JsonGenerator generator) throws IOException {
      breakLine(generator);
    }

    @Override
    public void beforeObjectEntries(JsonGenerator generator) throws IOException {
      breakLine(generator);
    }

    private void open(JsonGenerator generator, char bracket) throws IOException {
      generator.writeRaw(bracket);
      depth++;
    }

    private void close(JsonGenerator generator, char bracket, int entries) throws IOException {
      boolean broken = entries > 0 && depth <= LEVELS;
      depth--;
      if (broken) {
        generator.writeRaw('\n' + "  ".repeat(depth));
      }
      generator.writeRaw(bracket);
    }

    private void separate(JsonGenerator generator) throws IOException {
      generator.writeRaw(depth <= LEVELS ? "," : ", ");
      breakLine(generator);
    }

    private void breakLine(JsonGenerator generator) throws IOException {
      if (depth <= LEVELS) {
        generator.writeRaw('\n' + "  ".repeat(depth));
      }
    }
  }
}
