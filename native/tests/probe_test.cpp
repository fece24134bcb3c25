// The probes do what they say, however many threads share them: an idle one would make a ceiling of nothing.
#include <cstdint>
#include <vector>

#include "check.hpp"
#include "scaleinv.h"

namespace {

void copies(int64_t bytes, int32_t threads) {
  std::vector<unsigned char> source(static_cast<std::size_t>(bytes) + 1);
  for (std::size_t i = 0; i < source.size(); i++) {
    source[i] = static_cast<unsigned char>(i * 7 + i / 251);
  }
  std::vector<unsigned char> destination(source.size(), 255);
  CHECK(scaleinv_probe_copy(source.data(), destination.data(), bytes, threads) == SCALEINV_OK);
  for (std::size_t i = 0; i + 1 < source.size(); i++) {
    CHECK(destination[i] == source[i]);
  }
  CHECK(destination.back() == 255);
}

// Whole numbers below 2^24 are exact in both types.
template <class Element>
void multiplies(int32_t type, int64_t order, int32_t threads) {
  const auto size = static_cast<std::size_t>(order * order);
  std::vector<Element> left(size), right(size), product(size, Element{-1});
  for (std::size_t i = 0; i < size; i++) {
    left[i] = static_cast<Element>(i % 5) - 2;
    right[i] = static_cast<Element>(i % 7) - 3;
  }
  CHECK(scaleinv_probe_multiply(type, left.data(), right.data(), order, product.data(), threads) == SCALEINV_OK);
  for (int64_t row = 0; row < order; row++) {
    for (int64_t column = 0; column < order; column++) {
      Element sum = 0;
      for (int64_t k = 0; k < order; k++) {
        sum += left[static_cast<std::size_t>(row * order + k)] * right[static_cast<std::size_t>(k * order + column)];
      }
      CHECK(product[static_cast<std::size_t>(row * order + column)] == sum);
    }
  }
}

void bad_arguments() {
  double cell = 0;
  CHECK(scaleinv_probe_copy(nullptr, &cell, 8, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_probe_copy(&cell, &cell, -1, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_probe_copy(&cell, &cell, 0, 0) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_probe_multiply(SCALEINV_F16, &cell, &cell, 1, &cell, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_probe_multiply(SCALEINV_F64, &cell, &cell, -1, &cell, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_probe_multiply(SCALEINV_F64, &cell, &cell, INT64_MAX, &cell, 1) == SCALEINV_INVALID_ARGUMENT);
}

}  // namespace

int main() {
  for (const int32_t threads : {1, 2, 3, 7}) {
    for (const int64_t bytes : {0, 1, 4095, 4096, 4097, 100003}) {
      copies(bytes, threads);
    }
    for (const int64_t order : {1, 5, 33, 130}) {
      multiplies<float>(SCALEINV_F32, order, threads);
      multiplies<double>(SCALEINV_F64, order, threads);
    }
  }
  bad_arguments();
  return check::result();
}
