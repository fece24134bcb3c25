// Correlations of standardised variables, as inner products in the tiles of distances: 2·T FLOP a pair, each pair once a
// call. The best partners of all come from the same tiles, without the matrix.
#include "correlation_kernels.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "distances.hpp"
#include "simd.hpp"
#include "status.hpp"
#include "workers.hpp"

namespace scaleinv {
namespace {

constexpr int64_t tile = distance_tile;

const CorrelationKernels& best_kernels() {
#if SCALEINV_X86
  switch (simd_level()) {
    case SCALEINV_SIMD_AVX512: return correlation_kernels_avx512;
    case SCALEINV_SIMD_AVX2: return correlation_kernels_avx2;
    default: break;
  }
#endif
  return correlation_kernels_baseline;
}

void correlations(const Points& variables, int64_t from, int64_t rows, int32_t threads, float* correlations) {
  distances(variables, from, rows, threads, correlations);
  for (int64_t r = 0; r < rows; r++) {
    float& itself = correlations[r * variables.count() + from + r];
    itself = std::isnan(itself) ? itself : 1.0f;
  }
}

// The larger correlation, and of equal ones the one with the smaller index, is the larger number; 0 is none. Numbers can
// be joined in any order.
uint64_t rank(float correlation, int64_t partner) {
  // −0 is equal to 0
  const uint32_t bits = std::bit_cast<uint32_t>(correlation + 0.0f);
  const uint32_t ordered = bits >> 31 != 0 ? ~bits : bits | 0x80000000u;
  return static_cast<uint64_t>(ordered) << 32 | (0xffffffffu - static_cast<uint32_t>(partner));
}

float correlation_of(uint64_t rank) {
  const auto ordered = static_cast<uint32_t>(rank >> 32);
  return std::bit_cast<float>(ordered >> 31 != 0 ? ordered & 0x7fffffffu : ~ordered);
}

int32_t partner_of(uint64_t rank) { return static_cast<int32_t>(0xffffffffu - static_cast<uint32_t>(rank)); }

class BestPartners {
 public:
  explicit BestPartners(const Points& variables)
      : variables_(variables), best_(static_cast<std::size_t>(variables.count())) {}

  void find(int32_t threads) {
    const int64_t tiles = variables_.tiles();
    for_each_task(tiles * tiles, threads, [&](int64_t task) {
      if (task / tiles <= task % tiles) {
        find(task / tiles, task % tiles);
      }
    });
  }

  void write(int32_t* partners, float* correlations) const {
    for (std::size_t i = 0; i < best_.size(); i++) {
      const uint64_t rank = best_[i].load(std::memory_order_relaxed);
      partners[i] = rank == 0 ? -1 : partner_of(rank);
      correlations[i] = rank == 0 ? std::numeric_limits<float>::quiet_NaN() : correlation_of(rank);
    }
  }

 private:
  void find(int64_t left, int64_t right) {
    const auto values = aligned_floats(tile * tile);
    variables_.distances(left, right, values.get());
    const int64_t rows = std::min(tile, variables_.count() - left * tile);
    const int64_t columns = std::min(tile, variables_.count() - right * tile);
    if (left == right) {
      mirror(values.get(), columns);
    }
    for (int64_t r = 0; r < rows && columns < tile; r++) {
      std::fill(values.get() + r * tile + columns, values.get() + (r + 1) * tile, std::nanf(""));
    }
    float of_rows[tile];
    float of_columns[tile];
    int32_t places_of_rows[tile];
    int32_t places_of_columns[tile];
    best_kernels().largest(values.get(), rows, {of_rows, places_of_rows, of_columns, places_of_columns});
    join(left * tile, rows, of_rows, places_of_rows, right * tile);
    if (left != right) {
      join(right * tile, columns, of_columns, places_of_columns, left * tile);
    }
  }

  // Fills in the panels that a tile with itself lacks; no variable is its own partner.
  static void mirror(float* values, int64_t count) {
    for (int64_t r = 0; r < count; r++) {
      for (int64_t c = 0; c < r; c++) {
        values[r * tile + c] = values[c * tile + r];
      }
      values[r * tile + r] = std::nanf("");
    }
  }

  void join(int64_t first, int64_t count, const float* largest, const int32_t* places, int64_t first_partner) {
    for (int64_t i = 0; i < count; i++) {
      if (places[i] < 0) {
        continue;
      }
      const uint64_t found = rank(largest[i], first_partner + places[i]);
      std::atomic<uint64_t>& best = best_[static_cast<std::size_t>(first + i)];
      uint64_t known = best.load(std::memory_order_relaxed);
      while (known < found && !best.compare_exchange_weak(known, found, std::memory_order_relaxed)) {
      }
    }
  }

  const Points& variables_;
  std::vector<std::atomic<uint64_t>> best_;
};

}  // namespace
}  // namespace scaleinv

int32_t scaleinv_correlation_prepare(const float* standardised, const int64_t* chosen, int64_t count, int64_t samples,
                                     int32_t threads, void** prepared) {
  return scaleinv::guarded([&] {
    scaleinv::require(standardised != nullptr && prepared != nullptr, "standardised or prepared is null");
    scaleinv::require(count >= 0, "count is negative");
    scaleinv::require(samples >= 2, "samples is below 2");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(count, samples);
    *prepared = new scaleinv::Points(standardised, chosen, count, samples, scaleinv::metric_product, threads);
  });
}

int32_t scaleinv_correlations(const void* prepared, int64_t from, int64_t rows, int32_t threads, float* correlations) {
  return scaleinv::guarded([&] {
    scaleinv::require(prepared != nullptr && correlations != nullptr, "prepared or correlations is null");
    const auto& variables = *static_cast<const scaleinv::Points*>(prepared);
    scaleinv::require(from >= 0 && rows >= 0 && rows <= variables.count() - from, "rows that are not there");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(rows, variables.count());
    scaleinv::correlations(variables, from, rows, threads, correlations);
  });
}

int32_t scaleinv_best_partners(const void* prepared, int32_t threads, int32_t* partners, float* correlations) {
  return scaleinv::guarded([&] {
    scaleinv::require(prepared != nullptr && partners != nullptr && correlations != nullptr,
                      "prepared, partners or correlations is null");
    scaleinv::require(threads >= 1, "threads is below 1");
    const auto& variables = *static_cast<const scaleinv::Points*>(prepared);
    scaleinv::require(variables.count() <= INT32_MAX, "more variables than 2147483647");
    scaleinv::BestPartners best(variables);
    best.find(threads);
    best.write(partners, correlations);
  });
}
