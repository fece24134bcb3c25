package org.scaleinv.space;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleFunction;

/** Bytes of the files that are read here. */
public final class SpaceFiles {
  private SpaceFiles() {}

  /** Below the diagonal, row by row. */
  public static float[] lower(float[][] distances) {
    int at = 0;
    float[] lower = new float[distances.length * (distances.length - 1) / 2];
    for (int i = 0; i < distances.length; i++) {
      for (int j = 0; j < i; j++) {
        lower[at++] = distances[i][j];
      }
    }
    return lower;
  }

  /** Above the diagonal, row by row. */
  public static float[] upper(float[][] distances) {
    int at = 0;
    float[] upper = new float[distances.length * (distances.length - 1) / 2];
    for (int i = 0; i < distances.length; i++) {
      for (int j = i + 1; j < distances.length; j++) {
        upper[at++] = distances[i][j];
      }
    }
    return upper;
  }

  /** Ripser's binary format. */
  public static byte[] floats(float... values) {
    ByteBuffer bytes = little(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  public static byte[] doubles(double... values) {
    ByteBuffer bytes = little(values.length * Double.BYTES);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  /** Elements of any size, each written by the encoder. */
  static byte[] elements(float[][] rows, boolean fortran, DoubleFunction<byte[]> encoder) {
    var out = new ByteArrayOutputStream();
    int width = rows.length == 0 ? 0 : rows[0].length;
    for (int k = 0; k < rows.length * width; k++) {
      float value = fortran ? rows[k % rows.length][k / rows.length] : rows[k / width][k % width];
      out.writeBytes(encoder.apply(value));
    }
    return out.toByteArray();
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A .npy file with the header that NumPy writes. */
  public static byte[] npy(int version, String descr, boolean fortran, String shape, byte[] data) {
    String dictionary = "{'descr': " + descr + ", 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': "
        + shape + ", }";
    return npy(version, dictionary, data);
  }

  static byte[] npy(int version, String dictionary, byte[] data) {
    int lengthBytes = version == 1 ? 2 : 4;
    int unpadded = 8 + lengthBytes + dictionary.length() + 1;
    String header = dictionary + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = little(lengthBytes);
    out.writeBytes(
        (version == 1 ? length.putShort((short) header.length()) : length.putInt(header.length())).array());
    out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** DIPHA's format of a distance matrix. */
  static byte[] dipha(long magic, long type, long points, double... distances) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(little(24).putLong(magic).putLong(type).putLong(points).array());
    out.writeBytes(doubles(distances));
    return out.toByteArray();
  }
}
