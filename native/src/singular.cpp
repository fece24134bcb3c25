// Singular values and vectors of dense matrices, and values of bidiagonal ones.
#include <algorithm>

#include "blas.hpp"
#include "status.hpp"
#include "workers.hpp"

namespace {

using scaleinv::blas_size;

// dgesdd sees the transposed matrix, columns first: same values, left and right change places. It scales by itself.
struct Divide {
  const char* job;
  int32_t rows;
  int32_t columns;

  int32_t short_side() const { return std::min(rows, columns); }

  void run(double* matrix, double* values, double* left, double* right, double* work, int32_t length) const {
    std::vector<int32_t> integer_work(8 * static_cast<std::size_t>(short_side()));
    const int32_t k = short_side();
    int32_t info = 0;
    LAPACK_dgesdd(job, &columns, &rows, matrix, &columns, values, right, &columns, left, &k, work, &length,
                  integer_work.data(), &info);
    scaleinv::check_lapack(info, "dgesdd", rows, columns);
  }

  std::vector<double> work() const {
    double answer = 0.0;
    double none = 0.0;
    run(&none, &none, &none, &none, &answer, -1);
    return scaleinv::workspace(answer);
  }
};

}  // namespace

int32_t scaleinv_singular_values(double* matrices, int64_t batch, int64_t rows, int64_t columns, double* values,
                                 int32_t threads) {
  return scaleinv::guarded([&] {
    scaleinv::require(matrices != nullptr && values != nullptr, "matrices or values is null");
    scaleinv::require(batch >= 0 && rows >= 0 && columns >= 0, "batch, rows or columns is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    const int64_t size = scaleinv::checked_product(rows, columns);
    if (scaleinv::checked_product(batch, size) == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const Divide divide{"N", blas_size(rows, "rows"), blas_size(columns, "columns")};
    scaleinv::for_each_task(batch, threads, [&](int64_t i) {
      auto work = divide.work();
      double none = 0.0;
      divide.run(matrices + i * size, values + i * divide.short_side(), &none, &none, work.data(),
                 static_cast<int32_t>(work.size()));
    });
  });
}

int32_t scaleinv_singular_vectors(double* matrix, int64_t rows, int64_t columns, double* values, double* left,
                                  double* right) {
  return scaleinv::guarded([&] {
    scaleinv::require(matrix != nullptr && values != nullptr && left != nullptr && right != nullptr,
                      "matrix, values, left or right is null");
    scaleinv::require(rows >= 0 && columns >= 0, "rows or columns is negative");
    if (scaleinv::checked_product(rows, columns) == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const Divide divide{"S", blas_size(rows, "rows"), blas_size(columns, "columns")};
    const int64_t k = divide.short_side();
    scaleinv::require(4 * k * k + 7 * k <= INT32_MAX, "a short side above 23169, where LAPACK's workspace has 32 bits");
    auto work = divide.work();
    divide.run(matrix, values, left, right, work.data(), static_cast<int32_t>(work.size()));
  });
}

int32_t scaleinv_bidiagonal_singular_values(const double* diagonal, const double* superdiagonal, int64_t order,
                                            double* values) {
  return scaleinv::guarded([&] {
    scaleinv::require(order >= 0, "order is negative");
    scaleinv::require(diagonal != nullptr && values != nullptr, "diagonal or values is null");
    scaleinv::require(superdiagonal != nullptr || order <= 1, "superdiagonal is null");
    if (order == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const int32_t n = blas_size(order, "order");
    const int32_t none = 0;
    const int32_t one = 1;
    int32_t info = 0;
    double unused = 0.0;
    std::copy_n(diagonal, order, values);
    std::vector<double> off(static_cast<std::size_t>(order));
    std::copy_n(superdiagonal, order - 1, off.data());
    std::vector<double> work(4 * static_cast<std::size_t>(order));
    // without vectors dbdsqr takes the dqds algorithm, of high relative accuracy (Fernando, Parlett 1994)
    LAPACK_dbdsqr("U", &n, &none, &none, &none, values, off.data(), &unused, &one, &unused, &one, &unused, &one,
                  work.data(), &info);
    scaleinv::check_lapack(info, "dbdsqr", order, order);
  });
}
