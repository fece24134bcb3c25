// Checks for the native tests: a failed one prints where and what, and the test ends in 1.
#pragma once

#include <cmath>
#include <cstdio>
#include <vector>

namespace check {

inline int failures = 0;

inline void that(bool holds, const char* what, const char* file, int line) {
  if (!holds) {
    failures++;
    std::printf("%s:%d: %s\n", file, line, what);
  }
}

inline void close(double expected, double found, double allowed, const char* file, int line) {
  if (!(std::abs(expected - found) <= allowed)) {
    failures++;
    std::printf("%s:%d: expected %.17g, found %.17g, allowed %.3g\n", file, line, expected, found, allowed);
  }
}

inline int result() {
  std::printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}

// The same numbers on every machine: a linear congruential generator (Knuth's MMIX constants), in [−1, 1).
class Numbers {
 public:
  double next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(static_cast<long long>(state_ >> 11)) * 0x1p-52 - 1.0;
  }

  std::vector<double> take(long count) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (double& value : values) {
      value = next();
    }
    return values;
  }

 private:
  unsigned long long state_ = 20250601;
};

}  // namespace check

#define CHECK(condition) check::that((condition), #condition, __FILE__, __LINE__)
#define CHECK_CLOSE(expected, found, allowed) check::close((expected), (found), (allowed), __FILE__, __LINE__)
