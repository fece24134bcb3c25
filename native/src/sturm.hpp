// Sturm counts of a symmetric tridiagonal matrix, at many points at once.
#pragma once

#include <cstdint>
#include <vector>

namespace scaleinv {

struct Tridiagonal {
  std::vector<double> diagonal;
  // entry i is the square of what couples i − 1 and i; entry 0 is 0
  std::vector<double> squares;
};

// count eigenvalues lie below x, where the characteristic polynomial is value·2^exponent, times ±1.
struct SturmPoint {
  double x;
  double value;
  int64_t exponent;
  int64_t count;
};

// Fills in value, exponent and count. Off by what changes of a few ε in the matrix's entries and in x bring about.
//
// |entries| ≤ 1 and squares ≥ 2^−108 but for the first, |x| ≤ 4: then no product of eight steps leaves the range of a
// double
void sturm_evaluate(const Tridiagonal& matrix, std::vector<SturmPoint>& points);

}  // namespace scaleinv
