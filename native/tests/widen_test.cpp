// Widening at every instruction set, from every address, against conversions of one element at a time.
#include <cstdint>
#include <cstring>
#include <limits>

#include "check.hpp"
#include "scaleinv.h"

namespace {

constexpr int64_t longest = 70;

double half(uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const double fraction = bits & 1023;
  const double sign = bits >> 15 != 0 ? -1.0 : 1.0;
  if (exponent == 31) {
    return fraction == 0 ? sign * std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  }
  return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

bool same(double a, double b) { return std::isnan(a) ? std::isnan(b) : std::memcmp(&a, &b, sizeof a) == 0; }

// Elements at any address, converted one by one by the language's own rule.
template <class Source>
void compare(int32_t type) {
  unsigned char bytes[1024];
  check::Numbers numbers;
  for (unsigned char& byte : bytes) {
    byte = static_cast<unsigned char>(static_cast<int>((numbers.next() + 1) * 128));
  }
  for (int64_t offset = 0; offset < 9; offset++) {
    for (int64_t count = 0; count <= longest; count++) {
      double wide[longest + 1];
      float narrow[longest + 1];
      wide[count] = 77;
      narrow[count] = 77;
      CHECK(scaleinv_widen(type, bytes + offset, count, SCALEINV_F64, wide) == SCALEINV_OK);
      CHECK(scaleinv_widen(type, bytes + offset, count, SCALEINV_F32, narrow) == SCALEINV_OK);
      for (int64_t i = 0; i < count; i++) {
        Source element;
        std::memcpy(&element, bytes + offset + i * static_cast<int64_t>(sizeof element), sizeof element);
        CHECK(same(static_cast<double>(element), wide[i]));
        CHECK(same(static_cast<double>(static_cast<float>(element)), static_cast<double>(narrow[i])));
      }
      CHECK(wide[count] == 77 && narrow[count] == 77);
    }
  }
}

void halves() {
  std::vector<uint16_t> patterns(65536);
  std::vector<double> wide(65536);
  for (unsigned i = 0; i < 65536; i++) {
    patterns[i] = static_cast<uint16_t>(i);
  }
  CHECK(scaleinv_widen(SCALEINV_F16, patterns.data(), 65536, SCALEINV_F64, wide.data()) == SCALEINV_OK);
  for (unsigned i = 0; i < 65536; i++) {
    CHECK(same(half(patterns[i]), wide[i]));
  }
}

void arguments() {
  double value = 0;
  CHECK(scaleinv_widen(SCALEINV_F64, nullptr, 1, SCALEINV_F64, &value) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_widen(SCALEINV_F64, &value, -1, SCALEINV_F64, &value) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_widen(18, &value, 1, SCALEINV_F64, &value) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_widen(SCALEINV_F64, &value, 1, SCALEINV_F16, &value) == SCALEINV_INVALID_ARGUMENT);
  CHECK(std::strcmp(scaleinv_last_error(), "target type is not F32 or F64") == 0);
  CHECK(scaleinv_simd_limit(3) == SCALEINV_INVALID_ARGUMENT);
}

}  // namespace

int main() {
  for (int32_t level = SCALEINV_SIMD_BASELINE; level <= SCALEINV_SIMD_AVX512; level++) {
    CHECK(scaleinv_simd_limit(level) == SCALEINV_OK);
    CHECK(scaleinv_simd_level() <= level);
    compare<uint8_t>(SCALEINV_BOOL);
    compare<uint8_t>(SCALEINV_U8);
    compare<int8_t>(SCALEINV_I8);
    compare<int16_t>(SCALEINV_I16);
    compare<uint16_t>(SCALEINV_U16);
    compare<int32_t>(SCALEINV_I32);
    compare<uint32_t>(SCALEINV_U32);
    compare<int64_t>(SCALEINV_I64);
    compare<uint64_t>(SCALEINV_U64);
    compare<float>(SCALEINV_F32);
    compare<double>(SCALEINV_F64);
    halves();
  }
  arguments();
  return check::result();
}
