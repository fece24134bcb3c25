package org.scaleinv.safetensors;

import java.nio.CharBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.tensor.Tensor;

/** The header's JSON, padded with spaces to whole 8 bytes. */
final class HeaderText {
  private final StringBuilder json = new StringBuilder("{");
  private boolean first = true;

  private HeaderText() {}

  /** Tensors lie in the order given. */
  static byte[] of(String file, List<Tensor> tensors, Map<String, String> metadata) {
    HeaderText text = new HeaderText();
    if (!metadata.isEmpty()) {
      text.appendMetadata(new TreeMap<>(metadata));
    }
    long begin = 0;
    for (Tensor tensor : tensors) {
      text.appendTensor(tensor, begin);
      begin += tensor.byteSize();
    }
    text.json.append('}');
    return text.padded(file);
  }

  private void appendMetadata(Map<String, String> metadata) {
    key("__metadata__");
    json.append('{');
    first = true;
    metadata.forEach((key, value) -> {
      key(key);
      string(value);
    });
    json.append('}');
    first = false;
  }

  private void appendTensor(Tensor tensor, long begin) {
    key(tensor.name());
    json.append("{\"dtype\":\"").append(tensor.dtype()).append("\",\"shape\":")
        .append(tensor.shape().toString().replace(" ", ""))
        .append(",\"data_offsets\":[").append(begin).append(',').append(begin + tensor.byteSize()).append("]}");
  }

  private void key(String key) {
    if (!first) {
      json.append(',');
    }
    first = false;
    string(key);
    json.append(':');
  }

  private void string(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    json.append('"');
  }

  private byte[] padded(String file) {
    try {
      ByteBuffer text = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] header = new byte[Math.ceilDiv(text.remaining(), 8) * 8];
      Arrays.fill(header, (byte) ' ');
      text.get(header, 0, text.remaining());
      return header;
    } catch (CharacterCodingException loneSurrogate) {
      throw new BadInput(
          "header-not-utf8", Escape.visible(file) + ": expected names that are text, found a lone surrogate",
          loneSurrogate);
    }
  }
}
