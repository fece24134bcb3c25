package org.scaleinv.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;

/**
 * A {@code model.safetensors.index.json}: which shard holds which tensor.
 *
 * @param shardOf name of the shard, relative to the folder, by tensor
 * @param metadata values that are not strings as their JSON text
 */
record ShardIndex(SortedMap<String, String> shardOf, SortedMap<String, String> metadata, OptionalLong totalSize) {
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  static ShardIndex read(Path path) {
    String file = Escape.visible(path.toString());
    JsonNode index = parse(path, file);
    JsonNode map = index.path("weight_map");
    if (!map.isObject()) {
      throw new BadInput("index-without-map", file + ": expected an object weight_map, found " + kind(map));
    }
    SortedMap<String, String> shardOf = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      shardOf.put(member.getKey(), shardName(file, member.getKey(), member.getValue()));
    }
    JsonNode metadata = index.path("metadata");
    SortedMap<String, String> texts = new TreeMap<>();
    metadata.properties().forEach(member -> texts.put(member.getKey(), text(member.getValue())));
    JsonNode total = metadata.path("total_size");
    boolean counted = total.isNumber() && total.canConvertToLong();
    return new ShardIndex(shardOf, texts, counted ? OptionalLong.of(total.longValue()) : OptionalLong.empty());
  }

  private static JsonNode parse(Path path, String file) {
    try {
      if (Files.size(path) > Header.LONGEST) {
        throw new BadInput(
            "index-too-long", file + ": expected at most " + Header.LONGEST + " bytes, found " + Files.size(path));
      }
      // Decoded here, since Jackson passes malformed UTF-8 of some forms.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(path))).toString();
      JsonNode index = JSON.readTree(text);
      if (!index.isObject()) {
        throw new BadInput("index-not-json", file + ": expected a JSON object, found " + kind(index));
      }
      return index;
    } catch (CharacterCodingException malformed) {
      throw new BadInput("index-not-json", file + ": expected UTF-8, found other bytes", malformed);
    } catch (JsonProcessingException malformed) {
      throw new BadInput(
          "index-not-json", file + ": expected a JSON object, found " + Escape.quoted(malformed.getOriginalMessage()),
          malformed);
    } catch (IOException failure) {
      throw PositionedFile.unreadable(path, failure);
    }
  }

  private static String shardName(String file, String tensor, JsonNode value) {
    String subject = file + ": tensor " + Escape.quoted(tensor) + ": ";
    if (!value.isTextual()) {
      throw new BadInput("index-shard-not-text", subject + "expected the name of a shard, found " + kind(value));
    }
    String name = value.textValue();
    boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == ':');
    if (!plain || name.startsWith("/") || name.endsWith("/") || List.of(name.split("/")).contains("..")) {
      throw new BadInput(
          "shard-outside-folder", subject + "expected the name of a file inside the folder, found "
              + Escape.quoted(name));
    }
    return name;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode() ? "none" : "a JSON " + node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
