// Eigenvalues of tridiagonal matrices against formulae and LAPACK, at every instruction set. Allowed, but for LAPACK's
// share: 8·ε of the largest sum of a row's magnitudes, 4 for the width of a bracket and 4 for the counts' rounding.
#include <lapack.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numbers>

#include "check.hpp"
#include "scaleinv.h"
#include "tridiagonal.hpp"

namespace {

using Values = std::vector<double>;

constexpr double epsilon = std::numeric_limits<double>::epsilon();

double largest_row(const Values& diagonal, const Values& off) {
  double largest = 0;
  for (std::size_t i = 0; i < diagonal.size(); i++) {
    const double left = i > 0 ? std::abs(off[i - 1]) : 0;
    const double right = i + 1 < diagonal.size() ? std::abs(off[i]) : 0;
    largest = std::max(largest, std::abs(diagonal[i]) + left + right);
  }
  return largest;
}

Values eigenvalues(const Values& diagonal, const Values& off) {
  CHECK(scaleinv_simd_limit(SCALEINV_SIMD_BASELINE) == SCALEINV_OK);
  Values values(diagonal.size());
  scaleinv::tridiagonal_eigenvalues(diagonal.data(), off.data(), static_cast<int64_t>(diagonal.size()), values.data());
  for (const int32_t level : {SCALEINV_SIMD_AVX2, SCALEINV_SIMD_AVX512}) {
    CHECK(scaleinv_simd_limit(level) == SCALEINV_OK);
    Values again(diagonal.size());
    scaleinv::tridiagonal_eigenvalues(diagonal.data(), off.data(), static_cast<int64_t>(diagonal.size()), again.data());
    CHECK(values == again);
  }
  CHECK(std::is_sorted(values.begin(), values.end()));
  return values;
}

void has(const Values& diagonal, const Values& off, Values expected, double rounding_of_expected = 0) {
  const Values found = eigenvalues(diagonal, off);
  std::sort(expected.begin(), expected.end());
  const double allowed = 8 * epsilon * largest_row(diagonal, off) + rounding_of_expected;
  for (std::size_t i = 0; i < expected.size(); i++) {
    CHECK_CLOSE(expected[i], found[i], allowed);
  }
}

// dsterf errs by some tens of ε at these orders (Demmel et al., LAPACK Working Note 183); 100 are allowed it
void agrees_with_lapack(const Values& diagonal, const Values& off) {
  Values expected = diagonal;
  Values rest = off;
  const auto order = static_cast<int32_t>(diagonal.size());
  int32_t info = 0;
  LAPACK_dsterf(&order, expected.data(), rest.data(), &info);
  CHECK(info == 0);
  has(diagonal, off, expected, 100 * epsilon * largest_row(diagonal, off));
}

// 2 on the diagonal, −1 beside it: 4·sin²(k·π / 2(n + 1))
void second_difference(int order, double factor) {
  Values expected;
  for (int k = 1; k <= order; k++) {
    const double sine = std::sin(k * std::numbers::pi / (2.0 * (order + 1)));
    expected.push_back(4 * sine * sine * factor);
  }
  has(Values(order, 2 * factor), Values(order - 1, -factor), expected, 16 * epsilon * factor);
}

// Clement (1959): √(i·(n − i)) beside a zero diagonal has −(n − 1), −(n − 3), … n − 1
void clement(int order) {
  Values off;
  Values expected;
  for (int i = 1; i < order; i++) {
    off.push_back(std::sqrt(static_cast<double>(i) * (order - i)));
  }
  for (int i = 0; i < order; i++) {
    expected.push_back(2.0 * i - (order - 1));
  }
  has(Values(order, 0.0), off, expected);
}

// Wilkinson's W21+: the largest two agree to fifteen digits
const Values wilkinson = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

void wilkinson_pairs() {
  const Values values = eigenvalues(wilkinson, Values(20, 1.0));
  // Wilkinson, The Algebraic Eigenvalue Problem (1965), p. 309
  CHECK_CLOSE(10.746194182903393, values[20], 8 * epsilon * 12);
  CHECK_CLOSE(10.746194182903322, values[19], 8 * epsilon * 12);
  CHECK_CLOSE(-1.125441522119985, values[0], 8 * epsilon * 12);
  agrees_with_lapack(wilkinson, Values(20, 1.0));
}

void glued_wilkinson(int copies, double glue) {
  Values diagonal;
  Values off;
  for (int i = 0; i < copies; i++) {
    diagonal.insert(diagonal.end(), wilkinson.begin(), wilkinson.end());
    off.insert(off.end(), 20, 1.0);
    off.push_back(glue);
  }
  off.pop_back();
  agrees_with_lapack(diagonal, off);
}

void random_and_graded(int order) {
  check::Numbers numbers;
  Values diagonal = numbers.take(order);
  Values off = numbers.take(order - 1);
  agrees_with_lapack(diagonal, off);
  for (int i = 0; i < order; i++) {
    diagonal[i] *= std::pow(10.0, -20.0 * i / order);
    if (i + 1 < order) {
      off[i] *= std::pow(10.0, -20.0 * i / order);
    }
  }
  agrees_with_lapack(diagonal, off);
  for (int i = 0; i + 1 < order; i += 7) {
    off[i] = 0;
  }
  agrees_with_lapack(diagonal, off);
}

void small_and_degenerate() {
  eigenvalues({}, {});
  has({-3}, {}, {-3});
  has({0}, {}, {0});
  has({1, 1}, {1}, {0, 2});
  has({0, 0}, {-5}, {-5, 5});
  has({4, 1}, {2}, {0, 5});
  has({3, 1, 2}, {0, 0}, {1, 2, 3});
  has(Values(500, 0.0), Values(499, 0.0), Values(500, 0.0));
  has(Values(500, 7.0), Values(499, 0.0), Values(500, 7.0));
  has({1, 1e-200, 1}, {1e-300, 1e-250}, {1e-200, 1, 1});
  CHECK(eigenvalues({1, 1e-200, 3}, {0, 0}) == (Values{1e-200, 1, 3}));
  CHECK(eigenvalues({0x1p-1074, 0}, {0}) == (Values{0, 0x1p-1074}));
}

}  // namespace

int main() {
  for (const int order : {2, 3, 7, 8, 9, 31, 32, 33, 100, 768}) {
    for (const double factor : {1.0, 1e150, 1e-150}) {
      second_difference(order, factor);
    }
    clement(order);
    random_and_graded(order);
  }
  wilkinson_pairs();
  for (const double glue : {1.0, 1e-4, 1e-8, 1e-14, 0.0}) {
    glued_wilkinson(10, glue);
  }
  small_and_degenerate();
  return check::result();
}
