package org.scaleinv.safetensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Builds the bytes of safetensors files, sound and broken ones, without the code under test. */
public final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** A file with this header and as many data bytes, 0, 1, 2, … modulo 251. */
  public static byte[] file(String header, int dataBytes) {
    return file(utf8(header), dataBytes);
  }

  public static byte[] file(byte[] header, int dataBytes) {
    return withLength(header.length, concatenate(header, data(dataBytes)));
  }

  /** A file that states a header length, whatever follows. */
  public static byte[] withLength(long headerLength, byte[] rest) {
    return ByteBuffer.allocate(8 + rest.length).order(ByteOrder.LITTLE_ENDIAN).putLong(headerLength).put(rest).array();
  }

  /** A header of one U8 tensor "a" of four bytes and this text before the brace that closes the header. */
  public static String oneTensor(String more) {
    return "{" + entry("a", "U8", 0, 4, 4) + more + "}";
  }

  /** A header's member; the name stands as it is given, so it can hold escapes. */
  public static String entry(String name, String dtype, long begin, long end, long... shape) {
    String extents = LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(","));
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + extents + "],\"data_offsets\":[" + begin + ","
        + end + "]}";
  }

  public static byte[] data(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes given as integers, so that 0xff can be written. */
  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] concatenate(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }
}
