// Values of the floating-point types of 8 bits, as tables made at compile time.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

namespace scaleinv {

// What the codes that are not plain numbers mean.
enum class Specials {
  ieee,          // highest exponent: infinities and NaNs
  finite,        // all ones: NaN; no infinities (OCP E4M3)
  unsigned_zero  // the code of −0: NaN; no infinities, no −0 (FNUZ)
};

constexpr double power_of_two(int exponent) {
  double value = 1.0;
  for (; exponent > 0; exponent--) {
    value *= 2.0;
  }
  for (; exponent < 0; exponent++) {
    value *= 0.5;
  }
  return value;
}

constexpr double small_float(unsigned code, int mantissa_bits, int bias, Specials specials) {
  const unsigned magnitude = code & 0x7f;
  const double sign = (code & 0x80) != 0 ? -1.0 : 1.0;
  const unsigned mantissa = magnitude & ((1u << mantissa_bits) - 1);
  const int exponent = static_cast<int>(magnitude >> mantissa_bits);
  const int highest = (1 << (7 - mantissa_bits)) - 1;
  if (specials == Specials::ieee && exponent == highest) {
    return mantissa == 0 ? sign * std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  }
  if ((specials == Specials::finite && magnitude == 0x7f) || (specials == Specials::unsigned_zero && code == 0x80)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double fraction = static_cast<double>(mantissa) / (1 << mantissa_bits);
  return exponent == 0 ? sign * fraction * power_of_two(1 - bias)
                       : sign * (1.0 + fraction) * power_of_two(exponent - bias);
}

// Every value of 8 bits fits a float exactly.
using Table = std::array<float, 256>;

constexpr Table small_float_table(int mantissa_bits, int bias, Specials specials) {
  Table table{};
  for (unsigned code = 0; code < 256; code++) {
    table[code] = static_cast<float>(small_float(code, mantissa_bits, bias, specials));
  }
  return table;
}

constexpr Table exponent_table() {
  Table table{};
  for (unsigned code = 0; code < 255; code++) {
    table[code] = static_cast<float>(power_of_two(static_cast<int>(code) - 127));
  }
  table[255] = std::numeric_limits<float>::quiet_NaN();
  return table;
}

inline constexpr Table f8_e5m2 = small_float_table(2, 15, Specials::ieee);
inline constexpr Table f8_e4m3 = small_float_table(3, 7, Specials::finite);
inline constexpr Table f8_e5m2fnuz = small_float_table(2, 16, Specials::unsigned_zero);
inline constexpr Table f8_e4m3fnuz = small_float_table(3, 8, Specials::unsigned_zero);
inline constexpr Table f8_e8m0 = exponent_table();

}  // namespace scaleinv
