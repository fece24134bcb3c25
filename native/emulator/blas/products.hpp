// The products of cuBLAS over plain loops, column-major: element (i, j) lies at i + j·lead.
#pragma once

#include <cstddef>
#include <cstdint>

namespace emulator {

template <class Number>
struct Matrix {
  Number* elements;
  std::int64_t lead;
  bool transposed = false;

  Number& at(std::int64_t row, std::int64_t column) const {
    return elements[transposed ? column + row * lead : row + column * lead];
  }
};

// c = alpha·sum + beta·c, where c is not read for a beta of 0.
template <class Number>
void blend(Number& c, Number alpha, Number sum, Number beta) {
  c = beta == Number{0} ? alpha * sum : alpha * sum + beta * c;
}

// c (m, n) = alpha·a (m, k)·b (k, n) + beta·c
template <class Number>
void multiply(std::int64_t m, std::int64_t n, std::int64_t k, Number alpha, Matrix<const Number> a,
              Matrix<const Number> b, Number beta, Matrix<Number> c) {
  for (std::int64_t j = 0; j < n; j++) {
    for (std::int64_t i = 0; i < m; i++) {
      Number sum = 0;
      for (std::int64_t l = 0; l < k; l++) {
        sum += a.at(i, l) * b.at(l, j);
      }
      blend(c.at(i, j), alpha, sum, beta);
    }
  }
}

// The lower or upper triangle of c (n, n) = alpha·a (n, k)·aᵀ + beta·c; the other one is left alone.
template <class Number>
void update_symmetric(bool lower, std::int64_t n, std::int64_t k, Number alpha, Matrix<const Number> a, Number beta,
                      Matrix<Number> c) {
  for (std::int64_t j = 0; j < n; j++) {
    for (std::int64_t i = lower ? j : 0; i < (lower ? n : j + 1); i++) {
      Number sum = 0;
      for (std::int64_t l = 0; l < k; l++) {
        sum += a.at(i, l) * a.at(j, l);
      }
      blend(c.at(i, j), alpha, sum, beta);
    }
  }
}

}  // namespace emulator
