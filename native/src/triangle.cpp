// Triangles of QR decompositions, panel by panel. 2·length·order² FLOP.
#include "blas.hpp"
#include "status.hpp"
#include "transpose.hpp"

namespace {

using scaleinv::blas_size;

// Columns that dtpqrt treats as one block. Measured: 8 is fastest at order 64, 16 at 128, 32 from there on.
int32_t block_columns(int32_t order) { return order <= 64 ? std::min(order, 8) : order <= 128 ? 16 : 32; }

// visit(r, c) for every r ≤ c, in square blocks, as one of the two arrays that it copies between is read across.
template <class Visit>
void each_upper(int64_t order, const Visit& visit) {
  for (int64_t r0 = 0; r0 < order; r0 += scaleinv::transpose_block) {
    const int64_t r1 = std::min(order, r0 + scaleinv::transpose_block);
    for (int64_t c0 = r0; c0 < order; c0 += scaleinv::transpose_block) {
      const int64_t c1 = std::min(order, c0 + scaleinv::transpose_block);
      for (int64_t r = r0; r < r1; r++) {
        for (int64_t c = std::max(r, c0); c < c1; c++) {
          visit(r, c);
        }
      }
    }
  }
}

// Row-major upper to column-major upper: the mirror image of the used half.
void mirror_upper(const double* source, double* target, int64_t order) {
  each_upper(order, [&](int64_t r, int64_t c) { target[c * order + r] = source[r * order + c]; });
}

// And back.
void mirror_lower(const double* source, double* target, int64_t order) {
  each_upper(order, [&](int64_t r, int64_t c) { target[r * order + c] = source[c * order + r]; });
}

}  // namespace

int32_t scaleinv_triangle_accumulate(double* triangle, int64_t order, double* panel, int64_t length,
                                     int32_t across_columns) {
  return scaleinv::guarded([&] {
    scaleinv::require(triangle != nullptr && panel != nullptr, "triangle or panel is null");
    scaleinv::require(order >= 0 && length >= 0, "order or length is negative");
    const int64_t square = scaleinv::checked_product(order, order);
    const int64_t elements = scaleinv::checked_product(order, length);
    if (order == 0 || length == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const int32_t columns = blas_size(order, "order");
    const int32_t rows = blas_size(length, "panel length");
    const int32_t block = block_columns(columns);
    const int32_t rectangle = 0;
    int32_t info = 0;
    // dtpqrt wants columns of unit stride: a panel (order, length) has them, one of (length, order) is transposed;
    // the transposed kernel dtplqt would save that and takes half as long again
    scaleinv::Scratch turned;
    double* below = panel;
    if (across_columns == 0) {
      turned = scaleinv::scratch(elements);
      scaleinv::transpose(panel, length, order, turned.get());
      below = turned.get();
    }
    const auto upper = scaleinv::scratch(square);
    const auto reflectors = scaleinv::scratch(block * order);
    const auto work = scaleinv::scratch(block * order);
    mirror_upper(triangle, upper.get(), order);
    LAPACK_dtpqrt(&rows, &columns, &rectangle, &block, upper.get(), &columns, below, &rows, reflectors.get(), &block,
                  work.get(), &info);
    scaleinv::check_lapack(info, "dtpqrt", length, order);
    mirror_lower(upper.get(), triangle, order);
  });
}

int32_t scaleinv_triangle_product(const double* left, const double* right, int64_t order, double* product) {
  return scaleinv::guarded([&] {
    scaleinv::require(left != nullptr && right != nullptr && product != nullptr, "left, right or product is null");
    scaleinv::require(order >= 0, "order is negative");
    scaleinv::checked_product(order, order);
    if (order == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const int32_t n = blas_size(order, "order");
    std::fill_n(product, order * order, 0.0);
    mirror_upper(right, product, order);
    cblas_dtrmm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, n, n, 1.0, left, n, product, n);
  });
}
