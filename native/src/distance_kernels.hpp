// The inner loops of distances, compiled once for each instruction set.
//
// Points are packed in panels of `panel` points, coordinate by coordinate: element (c, p) of a panel lies at c·panel + p,
// and points that are not there are zeros. Every sum runs over the coordinates in order, so a distance does not depend
// on where in a panel, tile or call its points stand.
#pragma once

#include <cstdint>

namespace scaleinv {

// Points along each side of a tile: a multiple of every panel. Blocks of both sides, 256 coordinates deep, and the tile
// itself fill a quarter of a second-level cache of 1 MB.
constexpr int64_t distance_tile = 96;

// Beside SCALEINV_METRIC_…: x·y, not beyond −1 and 1.
constexpr int32_t metric_product = -1;

// Panels that lie one behind the other, with the squares of the points' norms.
struct PanelRun {
  const float* packed;
  const float* squares;
  int64_t count;
};

struct DistanceTile {
  PanelRun left;
  PanelRun right;
  int64_t coordinates;
  // left is right: pairs of panels (a, b) with a > b are left out
  bool diagonal;
};

struct DistanceKernels {
  int64_t panel;

  // values (distance_tile, distance_tile): a row a point of left, a column a point of right; those of no points and of
  // panels left out are arbitrary. `metric` is one of SCALEINV_METRIC_… or metric_product.
  void (*distances)(int32_t metric, const DistanceTile& tile, float* values);

  // What the metric needs of a panel: cosine and correlation replace the points by vectors of length 1 (not numbers
  // where there is no direction); squares (panel) are those of the norms afterwards. The first `points` of the panel are
  // there.
  void (*prepare)(int32_t metric, float* packed, int64_t points, int64_t coordinates, float* squares);
};

extern const DistanceKernels distance_kernels_baseline;
extern const DistanceKernels distance_kernels_avx2;
extern const DistanceKernels distance_kernels_avx512;

}  // namespace scaleinv
