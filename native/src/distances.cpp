// Dense distances. Each unordered pair is computed once a call, 2·d FLOP, and written to both of its places that the call
// asks for; the floor beside that is one write of the result.
#include "distances.hpp"

#include <algorithm>

#include "simd.hpp"
#include "status.hpp"
#include "workers.hpp"

namespace scaleinv {
namespace {

// Coordinates that are packed at a time: their lines of a panel stay in the first-level cache.
constexpr int64_t packed_together = 16;

const DistanceKernels& best_kernels() {
#if SCALEINV_X86
  switch (simd_level()) {
    case SCALEINV_SIMD_AVX512: return distance_kernels_avx512;
    case SCALEINV_SIMD_AVX2: return distance_kernels_avx2;
    default: break;
  }
#endif
  return distance_kernels_baseline;
}

// Where the distances of some rows go.
struct Rows {
  float* distances;
  int64_t from;
  int64_t to;
  int64_t count;

  bool hold(int64_t begin, int64_t end) const { return begin < to && end > from; }

  // values (distance_tile wide): of the points row … to the points column …, panel by panel.
  void write(const float* values, int64_t row, int64_t column, int64_t panel) const {
    const int64_t columns = std::min(panel, count - column);
    for (int64_t r = std::max(row, from); r < std::min(row + panel, to); r++) {
      std::copy_n(values + (r - row) * distance_tile, columns, distances + (r - from) * count + column);
    }
  }

  void write_transposed(const float* values, int64_t row, int64_t column, int64_t panel) const {
    const int64_t rows = std::min(panel, count - row);
    for (int64_t c = std::max(column, from); c < std::min(column + panel, to); c++) {
      float* target = distances + (c - from) * count + row;
      const float* source = values + (c - column);
      for (int64_t r = 0; r < rows; r++) {
        target[r] = source[r * distance_tile];
      }
    }
  }
};

void write_tile(const Points& points, const float* values, int64_t left, int64_t right, const Rows& target) {
  const int64_t panel = points.panel();
  for (int64_t a = 0; a < points.panels(left); a++) {
    for (int64_t b = left == right ? a : 0; b < points.panels(right); b++) {
      const int64_t row = left * distance_tile + a * panel;
      const int64_t column = right * distance_tile + b * panel;
      const float* part = values + a * panel * distance_tile + b * panel;
      target.write(part, row, column, panel);
      if (row != column) {
        target.write_transposed(part, row, column, panel);
      }
    }
  }
}

}  // namespace

void distances(const Points& points, int64_t from, int64_t rows, int32_t threads, float* distances) {
  if (rows == 0) {
    return;
  }
  const Rows target{distances, from, from + rows, points.count()};
  const int64_t tiles = points.tiles();
  const int64_t begin = target.from / distance_tile;
  const int64_t end = (target.to + distance_tile - 1) / distance_tile;
  for_each_task((end - begin) * tiles, threads, [&](int64_t task) {
    const int64_t row = begin + task / tiles;
    const int64_t column = task % tiles;
    // the pair of two tiles that both hold rows asked for is computed once
    if (column >= begin && column < row) {
      return;
    }
    const int64_t left = std::min(row, column);
    const int64_t right = std::max(row, column);
    const auto values = aligned_floats(distance_tile * distance_tile);
    points.distances(left, right, values.get());
    write_tile(points, values.get(), left, right, target);
  });
}

std::unique_ptr<float, FreeBlock> aligned_floats(int64_t count) {
  void* block = nullptr;
  if (scaleinv_allocate(count * static_cast<int64_t>(sizeof(float)), &block) != SCALEINV_OK) {
    throw Failure(SCALEINV_OUT_OF_MEMORY, scaleinv_last_error());
  }
  return std::unique_ptr<float, FreeBlock>(static_cast<float*>(block));
}

Points::Points(const float* points, const int64_t* chosen, int64_t count, int64_t coordinates, int32_t metric,
               int32_t threads)
    : kernels_(best_kernels()), count_(count), coordinates_(coordinates), metric_(metric) {
  const int64_t panels = (count + panel() - 1) / panel();
  packed_ = aligned_floats(checked_product(panels * panel(), coordinates));
  squares_ = aligned_floats(panels * panel());
  for_each_task(panels, threads, [&](int64_t task) { pack(points, chosen, task); });
}

void Points::pack(const float* points, const int64_t* chosen, int64_t panel_index) {
  const int64_t first = panel_index * panel();
  const int64_t present = std::min(panel(), count_ - first);
  float* packed = packed_.get() + first * coordinates_;
  for (int64_t begin = 0; begin < coordinates_; begin += packed_together) {
    const int64_t end = std::min(begin + packed_together, coordinates_);
    for (int64_t p = 0; p < panel(); p++) {
      const int64_t row = chosen == nullptr || p >= present ? first + p : chosen[first + p];
      const float* point = points + row * coordinates_;
      for (int64_t c = begin; c < end; c++) {
        packed[c * panel() + p] = p < present ? point[c] : 0.0f;
      }
    }
  }
  kernels_.prepare(metric_, packed, present, coordinates_, squares_.get() + first);
}

PanelRun Points::run(int64_t tile) const {
  const int64_t first = tile * distance_tile;
  const int64_t points = std::min(distance_tile, count_ - first);
  return {packed_.get() + first * coordinates_, squares_.get() + first, (points + panel() - 1) / panel()};
}

void Points::distances(int64_t left, int64_t right, float* values) const {
  kernels_.distances(metric_, {run(left), run(right), coordinates_, left == right}, values);
}

}  // namespace scaleinv

int32_t scaleinv_points_prepare(const float* points, int64_t count, int64_t coordinates, int32_t metric,
                                int32_t threads, void** prepared) {
  return scaleinv::guarded([&] {
    scaleinv::require(points != nullptr && prepared != nullptr, "points or prepared is null");
    scaleinv::require(count >= 0, "count is negative");
    scaleinv::require(coordinates >= 1, "coordinates is below 1");
    scaleinv::require(metric >= SCALEINV_METRIC_EUCLIDEAN && metric <= SCALEINV_METRIC_CORRELATION, "no such metric");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(count, coordinates);
    *prepared = new scaleinv::Points(points, nullptr, count, coordinates, metric, threads);
  });
}

void scaleinv_points_release(void* prepared) { delete static_cast<scaleinv::Points*>(prepared); }

int32_t scaleinv_distances(const void* prepared, int64_t from, int64_t rows, int32_t threads, float* distances) {
  return scaleinv::guarded([&] {
    scaleinv::require(prepared != nullptr && distances != nullptr, "prepared or distances is null");
    const auto& points = *static_cast<const scaleinv::Points*>(prepared);
    scaleinv::require(from >= 0 && rows >= 0 && rows <= points.count() - from, "rows that are not there");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(rows, points.count());
    scaleinv::distances(points, from, rows, threads, distances);
  });
}
