// Decompositions against double loops and identities, and what bad arguments come to. p = 8·(rows + columns) roundings.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <thread>

#include "check.hpp"
#include "scaleinv.h"

namespace {

using Values = std::vector<double>;

constexpr double epsilon = std::numeric_limits<double>::epsilon();

double allowed(int64_t rows, int64_t columns, double size) {
  return 8 * static_cast<double>(rows + columns) * epsilon * size;
}

// lower triangle of aᵀ·a for a of (rows, columns)
Values naive_gram(const Values& a, int64_t rows, int64_t columns) {
  Values gram(static_cast<std::size_t>(columns * columns));
  for (int64_t k = 0; k < rows; k++) {
    for (int64_t i = 0; i < columns; i++) {
      for (int64_t j = 0; j <= i; j++) {
        gram[i * columns + j] += a[k * columns + i] * a[k * columns + j];
      }
    }
  }
  return gram;
}

Values turned(const Values& a, int64_t rows, int64_t columns) {
  Values result(a.size());
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < columns; j++) {
      result[j * rows + i] = a[i * columns + j];
    }
  }
  return result;
}

double squares(const Values& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value * value;
  }
  return sum;
}

void gram_and_triangle(int64_t rows, int64_t columns) {
  check::Numbers numbers;
  const Values a = numbers.take(rows * columns);
  const Values expected = naive_gram(a, rows, columns);
  const double tolerance = allowed(rows, columns, squares(a));
  for (int32_t across = 0; across <= 1; across++) {
    Values panel = across != 0 ? turned(a, rows, columns) : a;
    Values gram(expected.size());
    CHECK(scaleinv_gram_accumulate(gram.data(), columns, panel.data(), rows, across, 2) == SCALEINV_OK);
    Values triangle(expected.size());
    CHECK(scaleinv_triangle_accumulate(triangle.data(), columns, panel.data(), rows, across) == SCALEINV_OK);
    const Values from_triangle = naive_gram(triangle, columns, columns);
    for (std::size_t i = 0; i < expected.size(); i++) {
      CHECK_CLOSE(expected[i], gram[i], tolerance);
      CHECK_CLOSE(expected[i], from_triangle[i], tolerance);
    }
    Values eigenvalues(static_cast<std::size_t>(columns));
    Values singular(static_cast<std::size_t>(columns));
    CHECK(scaleinv_symmetric_eigenvalues(gram.data(), columns, eigenvalues.data()) == SCALEINV_OK);
    CHECK(scaleinv_singular_values(triangle.data(), 1, columns, columns, singular.data(), 1) == SCALEINV_OK);
    for (int64_t i = 0; i < columns; i++) {
      CHECK_CLOSE(singular[i] * singular[i], eigenvalues[i], tolerance);
      CHECK(i == 0 || singular[i] <= singular[i - 1]);
    }
    CHECK_CLOSE(squares(a), squares(singular), tolerance);
  }
}

void vectors(int64_t rows, int64_t columns) {
  check::Numbers numbers;
  const Values a = numbers.take(rows * columns);
  const int64_t k = std::min(rows, columns);
  Values used = a;
  Values values(static_cast<std::size_t>(k));
  Values left(static_cast<std::size_t>(rows * k));
  Values right(static_cast<std::size_t>(k * columns));
  CHECK(scaleinv_singular_vectors(used.data(), rows, columns, values.data(), left.data(), right.data()) == SCALEINV_OK);
  for (int64_t i = 0; i < rows; i++) {
    for (int64_t j = 0; j < columns; j++) {
      double sum = 0;
      for (int64_t l = 0; l < k; l++) {
        sum += left[i * k + l] * values[l] * right[l * columns + j];
      }
      CHECK_CLOSE(a[i * columns + j], sum, allowed(rows, columns, values[0]));
    }
  }
}

void tiles_have_the_same_bits_for_any_threads() {
  constexpr int64_t order = 2100;
  check::Numbers numbers;
  const Values panel = numbers.take(3 * order);
  Values one(static_cast<std::size_t>(order * order));
  Values three(one.size());
  CHECK(scaleinv_gram_accumulate(one.data(), order, panel.data(), 3, 0, 1) == SCALEINV_OK);
  CHECK(scaleinv_gram_accumulate(three.data(), order, panel.data(), 3, 0, 3) == SCALEINV_OK);
  CHECK(one == three);
  for (int64_t i = 0; i < order; i += 97) {
    for (int64_t j = 0; j < order; j += 89) {
      const double expected =
          panel[i] * panel[j] + panel[order + i] * panel[order + j] + panel[2 * order + i] * panel[2 * order + j];
      CHECK_CLOSE(i >= j ? expected : 0.0, one[i * order + j], 8 * epsilon);
    }
  }
}

void general_and_bidiagonal() {
  // companion matrices of (x − 1)(x − 2)(x − 3) and of x³ = 8
  Values stack = {6, -11, 6, 1, 0, 0, 0, 1, 0, 0, 0, 8, 1, 0, 0, 0, 1, 0};
  Values pairs(12);
  CHECK(scaleinv_general_eigenvalues(stack.data(), 2, 3, pairs.data(), 2) == SCALEINV_OK);
  Values real = {pairs[0], pairs[2], pairs[4]};
  std::sort(real.begin(), real.end());
  for (int i = 0; i < 3; i++) {
    CHECK_CLOSE(i + 1.0, real[i], 1e-12);
    CHECK_CLOSE(2.0, std::hypot(pairs[6 + 2 * i], pairs[7 + 2 * i]), 1e-13);
  }
  const Values diagonal = {3, 1e-200, 2};
  const Values zeros = {0, 0};
  Values values(3);
  CHECK(scaleinv_bidiagonal_singular_values(diagonal.data(), zeros.data(), 3, values.data()) == SCALEINV_OK);
  CHECK(values == (Values{3, 2, 1e-200}));
}

void arguments() {
  double x = 0;
  CHECK(scaleinv_gram_accumulate(nullptr, 1, &x, 1, 0, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_gram_accumulate(&x, -1, &x, 1, 0, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_gram_accumulate(&x, INT64_MAX, &x, 1, 0, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_gram_accumulate(&x, 1, &x, 1, 0, 0) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_triangle_accumulate(&x, 1, nullptr, 1, 0) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_triangle_accumulate(&x, 1, &x, INT64_C(1) << 40, 0) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_triangle_product(&x, &x, -1, &x) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_symmetric_eigenvalues(&x, INT64_C(1) << 31, &x) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_singular_values(&x, 1, -1, 1, &x, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_singular_vectors(&x, 1, 1, &x, nullptr, &x) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_singular_vectors(&x, 23170, 23170, &x, &x, &x) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_general_eigenvalues(&x, -1, 1, &x, 1) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_bidiagonal_singular_values(&x, nullptr, 2, &x) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_all_finite(&x, 1, nullptr) == SCALEINV_INVALID_ARGUMENT);
  void* block = nullptr;
  CHECK(scaleinv_allocate(-1, &block) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_allocate(100, &block) == SCALEINV_OK);
  CHECK(reinterpret_cast<std::uintptr_t>(block) % 64 == 0);
  scaleinv_release(block);
  scaleinv_release(nullptr);
}

void errors_belong_to_their_thread() {
  CHECK(scaleinv_simd_limit(-1) == SCALEINV_INVALID_ARGUMENT);
  std::thread([] { CHECK(scaleinv_last_error()[0] == '\0'); }).join();
  CHECK(scaleinv_last_error()[0] != '\0');
}

}  // namespace

int main() {
  for (const auto& [rows, columns] :
       {std::pair<int64_t, int64_t>{1, 1}, {1, 9}, {9, 1}, {17, 5}, {65, 33}, {33, 65}, {127, 129}, {40, 150}}) {
    gram_and_triangle(rows, columns);
    vectors(rows, columns);
  }
  tiles_have_the_same_bits_for_any_threads();
  general_and_bidiagonal();
  arguments();
  errors_belong_to_their_thread();
  return check::result();
}
