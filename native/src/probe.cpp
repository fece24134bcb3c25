// The machine's ceilings: a copy (2·bytes moved) and a matrix product (2·order³ FLOP), shared by threads in equal parts.
#include <algorithm>
#include <cstring>

#include "blas.hpp"
#include "status.hpp"
#include "workers.hpp"

namespace {

// Shares of a copy begin at a page, so that no two threads write one.
constexpr int64_t page = 4096;

struct Product {
  const void* left;
  const void* right;
  void* result;
  int32_t order;
};

template <class Element>
void multiply_rows(const Product& product, int64_t from, int64_t count) {
  const int64_t offset = from * product.order;
  const auto* left = static_cast<const Element*>(product.left) + offset;
  const auto* right = static_cast<const Element*>(product.right);
  auto* result = static_cast<Element*>(product.result) + offset;
  const auto rows = static_cast<int32_t>(count);
  const int32_t order = product.order;
  if constexpr (std::is_same_v<Element, float>) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, order, order, 1.0f, left, order, right, order, 0.0f,
                result, order);
  } else {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, order, order, 1.0, left, order, right, order, 0.0,
                result, order);
  }
}

}  // namespace

int32_t scaleinv_probe_copy(const void* source, void* destination, int64_t bytes, int32_t threads) {
  return scaleinv::guarded([&] {
    scaleinv::require(source != nullptr && destination != nullptr, "source or destination is null");
    scaleinv::require(bytes >= 0, "bytes is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    const int64_t share = (bytes / threads / page + 1) * page;
    scaleinv::for_each_task((bytes + share - 1) / share, threads, [&](int64_t task) {
      const int64_t from = task * share;
      std::memcpy(static_cast<std::byte*>(destination) + from, static_cast<const std::byte*>(source) + from,
                  static_cast<std::size_t>(std::min(share, bytes - from)));
    });
  });
}

int32_t scaleinv_probe_multiply(int32_t type, const void* left, const void* right, int64_t order, void* product,
                                int32_t threads) {
  return scaleinv::guarded([&] {
    scaleinv::require(left != nullptr && right != nullptr && product != nullptr, "a matrix is null");
    scaleinv::require(type == SCALEINV_F32 || type == SCALEINV_F64, "type is not F32 or F64");
    scaleinv::require(order >= 0, "order is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(order, order);
    scaleinv::single_threaded_blas();
    const Product whole{left, right, product, scaleinv::blas_size(order, "order")};
    const int64_t band = (order + threads - 1) / threads;
    scaleinv::for_each_task(band == 0 ? 0 : (order + band - 1) / band, threads, [&](int64_t task) {
      const int64_t from = task * band;
      const int64_t count = std::min(band, order - from);
      type == SCALEINV_F32 ? multiply_rows<float>(whole, from, count) : multiply_rows<double>(whole, from, count);
    });
  });
}
