// Scaling by powers of two: exact, and keeps the squares that LAPACK forms inside the range of a double.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace scaleinv {

// The e for which values·2^−e reach about 1; 0 while they lie within 2^±limit, where no squares overflow or vanish.
inline int exponent_outside(double largest, int limit) {
  if (largest == 0.0) {
    return 0;
  }
  int exponent = 0;
  std::frexp(largest, &exponent);
  return std::abs(exponent) > limit ? exponent : 0;
}

inline double largest_magnitude(const double* values, int64_t count) {
  double largest = 0.0;
  for (int64_t i = 0; i < count; i++) {
    largest = std::max(largest, std::abs(values[i]));
  }
  return largest;
}

inline void scale_by_power(double* values, int64_t count, int exponent) {
  if (exponent != 0) {
    for (int64_t i = 0; i < count; i++) {
      values[i] = std::ldexp(values[i], exponent);
    }
  }
}

}  // namespace scaleinv
