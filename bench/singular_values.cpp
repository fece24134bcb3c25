// Singular values of square matrices by the engine's native code (the Gram matrix and its eigenvalues) beside LAPACK on the
// same BLAS: dgesdd, and dsyevd and dsyevd_2stage on the same Gram matrix, values only. One thread; the four take turns.
// Prints medians of processor time in milliseconds, and fails where values differ by more than rounding explains.
//
// usage: singular_values RUNS ORDER...
#include <cblas.h>
#include <lapack.h>
#include <scaleinv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace {

using Values = std::vector<double>;

[[noreturn]] void fail(const std::string& reason) {
  std::fprintf(stderr, "singular_values: %s\n", reason.c_str());
  std::exit(1);
}

void require(int status, const char* call) {
  if (status != 0) fail(std::string(call) + " returned " + std::to_string(status));
}

double processor_time() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

Values normals(size_t count) {
  Values block(count);
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  for (double& value : block) value = normal(random);
  return block;
}

// Descending singular values from ascending or descending squares.
Values roots(Values squares) {
  std::sort(squares.rbegin(), squares.rend());
  for (double& value : squares) value = std::sqrt(std::max(value, 0.0));
  return squares;
}

Values engine(const Values& matrix, int n) {
  Values gram(matrix.size(), 0.0), squares(n);
  require(scaleinv_gram_accumulate(gram.data(), n, matrix.data(), n, 0, 1), "scaleinv_gram_accumulate");
  require(scaleinv_symmetric_eigenvalues(gram.data(), n, squares.data()), "scaleinv_symmetric_eigenvalues");
  return roots(squares);
}

// LAPACK's calls are made twice: the first asks for the size of the workspace.

Values dgesdd(const Values& matrix, int n) {
  Values copy(matrix), values(n), work(1);
  std::vector<int> integers(8 * n);
  int length = -1, info = 0, one = 1;
  for (int call = 0; call < 2; ++call) {
    LAPACK_dgesdd("N", &n, &n, copy.data(), &n, values.data(), nullptr, &one, nullptr, &one, work.data(), &length,
                  integers.data(), &info);
    require(info, "dgesdd");
    length = static_cast<int>(work[0]);
    work.resize(length);
  }
  return values;
}

Values symmetric(const Values& matrix, int n, bool two_stages) {
  Values gram(matrix.size()), squares(n), work(1);
  std::vector<int> integers(1);
  // row-major matrix: its transpose by columns
  cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, n, n, 1.0, matrix.data(), n, 0.0, gram.data(), n);
  int length = -1, integer_length = -1, info = 0;
  for (int call = 0; call < 2; ++call) {
    if (two_stages) {
      LAPACK_dsyevd_2stage("N", "L", &n, gram.data(), &n, squares.data(), work.data(), &length, integers.data(),
                           &integer_length, &info);
    } else {
      LAPACK_dsyevd("N", "L", &n, gram.data(), &n, squares.data(), work.data(), &length, integers.data(),
                    &integer_length, &info);
    }
    require(info, two_stages ? "dsyevd_2stage" : "dsyevd");
    length = static_cast<int>(work[0]);
    integer_length = integers[0];
    work.resize(length);
    integers.resize(integer_length);
  }
  return roots(squares);
}

// Squares are off by p·ε·σ₁², p = 8·n.
void compare(const Values& found, const Values& expected) {
  const double n = static_cast<double>(expected.size());
  const double allowed = 8 * n * 0x1p-52 * expected[0] * expected[0];
  for (size_t i = 0; i < expected.size(); ++i) {
    if (!(std::abs(found[i] * found[i] - expected[i] * expected[i]) <= allowed)) {
      fail("value " + std::to_string(i) + ": " + std::to_string(found[i]) + " and " + std::to_string(expected[i]));
    }
  }
}

double median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return 0.5 * (times[(times.size() - 1) / 2] + times[times.size() / 2]);
}

void measure(int n, int runs) {
  const Values matrix = normals(static_cast<size_t>(n) * n);
  const std::array<std::function<Values()>, 4> solvers{
      [&] { return engine(matrix, n); }, [&] { return dgesdd(matrix, n); }, [&] { return symmetric(matrix, n, false); },
      [&] { return symmetric(matrix, n, true); }};
  std::array<std::vector<double>, 4> times;
  for (int run = 0; run < runs; ++run) {
    Values expected;
    std::array<Values, 4> found;
    for (size_t i = 0; i < solvers.size(); ++i) {
      const double begin = processor_time();
      found[i] = solvers[i]();
      times[i].push_back(processor_time() - begin);
    }
    for (const Values& values : found) compare(values, found[1]);
  }
  std::printf("%5d", n);
  for (const auto& each : times) std::printf(" %10.1f", median(each));
  std::printf("   %.2f %.2f\n", median(times[0]) / median(times[1]),
              median(times[0]) / std::min(median(times[2]), median(times[3])));
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) fail("usage: singular_values RUNS ORDER...");
  openblas_set_num_threads(1);
  std::printf("order     engine     dgesdd     dsyevd  dsyevd_2st   engine / dgesdd, / the better dsyevd\n");
  for (int i = 2; i < count; ++i) measure(std::atoi(arguments[i]), std::atoi(arguments[1]));
}
