// Points prepared for one metric, and their distances tile by tile of a fixed grid.
#pragma once

#include <cstdlib>
#include <memory>

#include "distance_kernels.hpp"

namespace scaleinv {

struct FreeBlock {
  void operator()(float* block) const { std::free(block); }
};

class Points {
 public:
  // `chosen` (count): the rows of `points` that are taken; null for the first ones.
  Points(const float* points, const int64_t* chosen, int64_t count, int64_t coordinates, int32_t metric,
         int32_t threads);

  int64_t count() const { return count_; }
  int64_t panel() const { return kernels_.panel; }

  // Tiles along a side.
  int64_t tiles() const { return (count_ + distance_tile - 1) / distance_tile; }

  // Panels of points that are there in a tile's side.
  int64_t panels(int64_t tile) const { return run(tile).count; }

  // values (distance_tile, distance_tile): the distances of tile `left` to tile `right`, left ≤ right. Of a tile with
  // itself only the panels on and above the diagonal.
  void distances(int64_t left, int64_t right, float* values) const;

 private:
  PanelRun run(int64_t tile) const;
  void pack(const float* points, const int64_t* chosen, int64_t panel_index);

  const DistanceKernels& kernels_;
  int64_t count_;
  int64_t coordinates_;
  int32_t metric_;
  std::unique_ptr<float, FreeBlock> packed_;
  std::unique_ptr<float, FreeBlock> squares_;
};

// The points from … from + rows − 1 to all: (rows, count).
void distances(const Points& points, int64_t from, int64_t rows, int32_t threads, float* distances);

// Memory for one tile's distances, aligned to cache lines.
std::unique_ptr<float, FreeBlock> aligned_floats(int64_t count);

}  // namespace scaleinv
