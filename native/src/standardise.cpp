// Variables less their means and divided by their lengths: three passes over a variable's samples, which stay in cache.
//
// Every sum runs in eight parts side by side, so that it has the same bits whatever vectors the compiler makes of them.
#include <cmath>

#include "status.hpp"
#include "workers.hpp"

namespace scaleinv {
namespace {

constexpr int parts = 8;

// of term(k) over k
template <class Term>
double sum(int64_t count, const Term& term) {
  double part[parts] = {};
  int64_t k = 0;
  for (; k + parts <= count; k += parts) {
    for (int p = 0; p < parts; p++) {
      part[p] += term(k + p);
    }
  }
  for (int p = 0; k < count; k++, p++) {
    part[p] += term(k);
  }
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

// A power of two that brings the largest sample to between a half and one; 0 where one is not finite.
template <class Element>
double power(const Element* x, int64_t samples) {
  Element largest = 0;
  Element poison = 0;
  for (int64_t k = 0; k < samples; k++) {
    const Element magnitude = std::fabs(x[k]);
    largest = magnitude > largest ? magnitude : largest;
    poison += x[k] * 0;
  }
  if (poison != 0) {
    return 0;
  }
  int exponent = 0;
  std::frexp(static_cast<double>(largest), &exponent);
  // what is below the smallest normal number needs no more
  return std::ldexp(1.0, std::min(-exponent, 1022));
}

// Samples count from the first one, exactly where they lie close together: a constant variable is exactly zero, and a
// large mean costs no digits.
template <class Element>
int32_t standardise(const Element* x, int64_t samples, float* z) {
  const double scale = power(x, samples);
  const double first = static_cast<double>(x[0]) * scale;
  const auto shifted = [&](int64_t k) { return static_cast<double>(x[k]) * scale - first; };
  const auto count = static_cast<double>(samples);
  const double mean = sum(samples, shifted) / count;
  const double square = sum(samples, [&](int64_t k) {
    const double difference = shifted(k) - mean;
    return difference * difference;
  });
  const int32_t kind = scale == 0    ? SCALEINV_VARIABLE_NOT_FINITE
                       : square == 0 ? SCALEINV_VARIABLE_CONSTANT
                                     : SCALEINV_VARIABLE_VARIES;
  if (kind != SCALEINV_VARIABLE_VARIES) {
    std::fill_n(z, samples, std::nanf(""));
    return kind;
  }
  const double factor = 1.0 / std::sqrt(square);
  for (int64_t k = 0; k < samples; k++) {
    z[k] = static_cast<float>((shifted(k) - mean) * factor);
  }
  return kind;
}

}  // namespace
}  // namespace scaleinv

int32_t scaleinv_standardise(int32_t type, const void* variables, int64_t count, int64_t samples, int32_t threads,
                             float* standardised, int32_t* kinds) {
  return scaleinv::guarded([&] {
    scaleinv::require(variables != nullptr && standardised != nullptr && kinds != nullptr,
                      "variables, standardised or kinds is null");
    scaleinv::require(type == SCALEINV_F32 || type == SCALEINV_F64, "type is neither F32 nor F64");
    scaleinv::require(count >= 0, "count is negative");
    scaleinv::require(samples >= 2, "samples is below 2");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(count, samples);
    scaleinv::for_each_task(count, threads, [&](int64_t row) {
      const int64_t at = row * samples;
      kinds[row] = type == SCALEINV_F32
                       ? scaleinv::standardise(static_cast<const float*>(variables) + at, samples, standardised + at)
                       : scaleinv::standardise(static_cast<const double*>(variables) + at, samples, standardised + at);
    });
  });
}
