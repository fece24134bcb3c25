// Eigenvalues of general matrices.
#include "blas.hpp"
#include "status.hpp"
#include "transpose.hpp"
#include "workers.hpp"

namespace {

void eigenvalues_of(double* matrix, int32_t n, double* pairs) {
  scaleinv::transpose_in_place(matrix, n);
  const int32_t one = 1;
  const auto order = static_cast<std::size_t>(n);
  std::vector<double> real(order);
  std::vector<double> imaginary(order);
  double unused = 0.0;
  double answer = 0.0;
  int32_t query = -1;
  int32_t info = 0;
  LAPACK_dgeev("N", "N", &n, matrix, &n, real.data(), imaginary.data(), &unused, &one, &unused, &one, &answer, &query,
               &info);
  auto work = scaleinv::workspace(answer);
  const auto length = static_cast<int32_t>(work.size());
  LAPACK_dgeev("N", "N", &n, matrix, &n, real.data(), imaginary.data(), &unused, &one, &unused, &one, work.data(),
               &length, &info);
  scaleinv::check_lapack(info, "dgeev", n, n);
  for (std::size_t i = 0; i < order; i++) {
    pairs[2 * i] = real[i];
    pairs[2 * i + 1] = imaginary[i];
  }
}

}  // namespace

int32_t scaleinv_general_eigenvalues(double* matrices, int64_t batch, int64_t order, double* pairs, int32_t threads) {
  return scaleinv::guarded([&] {
    scaleinv::require(matrices != nullptr && pairs != nullptr, "matrices or pairs is null");
    scaleinv::require(batch >= 0 && order >= 0, "batch or order is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    const int64_t size = scaleinv::checked_product(order, order);
    if (scaleinv::checked_product(batch, size) == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const int32_t n = scaleinv::blas_size(order, "order");
    scaleinv::for_each_task(batch, threads,
                            [&](int64_t i) { eigenvalues_of(matrices + i * size, n, pairs + i * 2 * order); });
  });
}
