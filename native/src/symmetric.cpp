// Eigenvalues of symmetric matrices, values only.
#include <algorithm>

#include "blas.hpp"
#include "scale.hpp"
#include "status.hpp"
#include "transpose.hpp"

namespace {

// Reduction in two stages (dense, band, tridiagonal) does more of its work in matrix products. Measured on one thread,
// against dsytrd and dsterf: 0.29 s for 0.23 s at order 1536, 0.54 for 0.58 at 2048, 1.6 for 2.3 at 3072.
constexpr int64_t two_stages_from = 2048;

constexpr int safe_exponent = 400;

double largest_in_lower(const double* matrix, int64_t order) {
  double largest = 0.0;
  for (int64_t r = 0; r < order; r++) {
    largest = std::max(largest, scaleinv::largest_magnitude(matrix + r * order, r + 1));
  }
  return largest;
}

void one_stage(double* matrix, int32_t n, double* values) {
  std::vector<double> off(static_cast<std::size_t>(n));
  std::vector<double> reflectors(static_cast<std::size_t>(n));
  double answer = 0.0;
  int32_t query = -1;
  int32_t info = 0;
  LAPACK_dsytrd("L", &n, matrix, &n, values, off.data(), reflectors.data(), &answer, &query, &info);
  auto work = scaleinv::workspace(answer);
  const auto length = static_cast<int32_t>(work.size());
  LAPACK_dsytrd("L", &n, matrix, &n, values, off.data(), reflectors.data(), work.data(), &length, &info);
  scaleinv::check_lapack(info, "dsytrd", n, n);
  LAPACK_dsterf(&n, values, off.data(), &info);
  scaleinv::check_lapack(info, "dsterf", n, n);
}

void two_stages(double* matrix, int32_t n, double* values) {
  double answer = 0.0;
  int32_t integers = 0;
  int32_t query = -1;
  int32_t info = 0;
  LAPACK_dsyevd_2stage("N", "L", &n, matrix, &n, values, &answer, &query, &integers, &query, &info);
  auto work = scaleinv::workspace(answer);
  std::vector<int32_t> integer_work(static_cast<std::size_t>(integers));
  const auto length = static_cast<int32_t>(work.size());
  LAPACK_dsyevd_2stage("N", "L", &n, matrix, &n, values, work.data(), &length, integer_work.data(), &integers, &info);
  scaleinv::check_lapack(info, "dsyevd_2stage", n, n);
}

}  // namespace

int32_t scaleinv_symmetric_eigenvalues(double* matrix, int64_t order, double* values) {
  return scaleinv::guarded([&] {
    scaleinv::require(matrix != nullptr && values != nullptr, "matrix or values is null");
    scaleinv::require(order >= 0, "order is negative");
    scaleinv::checked_product(order, order);
    if (order == 0) {
      return;
    }
    const int32_t n = scaleinv::blas_size(order, "order");
    scaleinv::single_threaded_blas();
    const int exponent = scaleinv::exponent_outside(largest_in_lower(matrix, order), safe_exponent);
    scaleinv::scale_by_power(matrix, order * order, -exponent);
    // the lower half of columns is the faster one for dsytrd, by a tenth at 768
    scaleinv::transpose_in_place(matrix, order);
    if (order < two_stages_from) {
      one_stage(matrix, n, values);
    } else {
      two_stages(matrix, n, values);
    }
    std::reverse(values, values + order);
    scaleinv::scale_by_power(values, order, exponent);
  });
}
