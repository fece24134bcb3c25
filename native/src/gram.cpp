// Gram matrices in fixed tiles. 2·length·order² / 2 FLOP; the panel is read once a tile row, the Gram matrix written
// once.
#include "blas.hpp"
#include "status.hpp"
#include "workers.hpp"

namespace {

using scaleinv::blas_size;

// Tiles are a property of the order alone, so the bits do not depend on the threads. 1024 columns keep one dsyrk for
// the usual widths of small models; one dsyrk costs what tiles cost from there on.
constexpr int64_t tile = 1024;

struct Panel {
  const double* data;
  int64_t order;
  int64_t length;
  bool across_columns;

  const double* at(int64_t index) const { return across_columns ? data + index * length : data + index; }
  int32_t stride() const { return blas_size(across_columns ? length : order, "panel width"); }
  CBLAS_TRANSPOSE as_left() const { return across_columns ? CblasNoTrans : CblasTrans; }
  CBLAS_TRANSPOSE as_right() const { return across_columns ? CblasTrans : CblasNoTrans; }
};

void accumulate_tile(double* gram, const Panel& panel, int64_t row, int64_t column) {
  const int32_t rows = blas_size(std::min(tile, panel.order - row), "tile");
  const int32_t length = blas_size(panel.length, "panel length");
  const int32_t order = blas_size(panel.order, "order");
  double* target = gram + row * panel.order + column;
  if (row == column) {
    cblas_dsyrk(CblasRowMajor, CblasLower, panel.as_left(), rows, length, 1.0, panel.at(row), panel.stride(), 1.0,
                target, order);
  } else {
    cblas_dgemm(CblasRowMajor, panel.as_left(), panel.as_right(), rows, static_cast<int32_t>(tile), length, 1.0,
                panel.at(row), panel.stride(), panel.at(column), panel.stride(), 1.0, target, order);
  }
}

}  // namespace

int32_t scaleinv_gram_accumulate(double* gram, int64_t order, const double* panel, int64_t length,
                                 int32_t across_columns, int32_t threads) {
  return scaleinv::guarded([&] {
    scaleinv::require(gram != nullptr && panel != nullptr, "gram or panel is null");
    scaleinv::require(order >= 0 && length >= 0, "order or length is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(order, order);
    scaleinv::checked_product(order, length);
    if (order == 0 || length == 0) {
      return;
    }
    scaleinv::single_threaded_blas();
    const Panel view{panel, order, length, across_columns != 0};
    const int64_t tiles = (order + tile - 1) / tile;
    scaleinv::for_each_task(tiles * (tiles + 1) / 2, threads, [&](int64_t task) {
      int64_t row = 0;
      while (task > row) {
        task -= ++row;
      }
      accumulate_tile(gram, view, row * tile, task * tile);
    });
  });
}
