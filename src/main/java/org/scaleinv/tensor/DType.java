package org.scaleinv.tensor;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types of the safetensors format; names are exact and case-sensitive. */
public enum DType {
  BOOL(8, true),
  F4(4, false),
  F6_E2M3(6, false),
  F6_E3M2(6, false),
  U8(8, true),
  I8(8, true),
  F8_E5M2(8, true),
  F8_E4M3(8, true),
  F8_E8M0(8, true),
  F8_E4M3FNUZ(8, true),
  F8_E5M2FNUZ(8, true),
  I16(16, true),
  U16(16, true),
  F16(16, true),
  BF16(16, true),
  I32(32, true),
  U32(32, true),
  F32(32, true),
  C64(64, false),
  F64(64, true),
  I64(64, true),
  U64(64, true);

  private static final Map<String, DType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(DType::name, type -> type));

  private final int bits;
  private final boolean widens;

  DType(int bits, boolean widens) {
    this.bits = bits;
    this.widens = widens;
  }

  /** Size of one element in bits; a tensor's total is always whole bytes. */
  public int bits() {
    return bits;
  }

  /** Whether elements convert to a real floating-point number, one by one. */
  public boolean widens() {
    return widens;
  }

  /** Size of one element in bytes. Only for types that widen: those are whole bytes. */
  public int bytes() {
    if (bits % 8 != 0) {
      throw new IllegalStateException(this + " has elements of " + bits + " bits");
    }
    return bits / 8;
  }

  public static Optional<DType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
