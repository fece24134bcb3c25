// The pairs of points within a threshold. 2·d FLOP a pair of points; memory for the pairs found alone.
#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "distances.hpp"
#include "status.hpp"
#include "workers.hpp"

namespace scaleinv {
namespace {

struct Pair {
  int32_t partner;
  float length;
};

// The pairs of a tile, point by point of its rows, each point's partners ascending.
struct TilePairs {
  int64_t row;
  int64_t column;
  std::vector<int32_t> counts;
  std::vector<Pair> pairs;
};

// A branch for a row of nothing, and none for each of its values: most thresholds leave most tiles empty.
bool none_within(const float* values, int64_t count, float threshold) {
  int32_t within = 0;
  for (int64_t i = 0; i < count; i++) {
    within |= values[i] <= threshold ? 1 : 0;
  }
  return within == 0;
}

}  // namespace

class Graph {
 public:
  Graph(const Points& points, float threshold, int64_t most, int32_t threads, int64_t* offsets)
      : points_(points), threshold_(threshold), most_(most), offsets_(offsets) {
    const int64_t tiles = points.tiles();
    for_each_task(tiles * tiles, threads, [&](int64_t task) {
      if (task / tiles <= task % tiles) {
        find(task / tiles, task % tiles);
      }
    });
    if (total_ > most) {
      throw Failure(SCALEINV_INVALID_ARGUMENT, std::to_string(total_) + " pairs lie within the threshold, at most " +
                                                   std::to_string(most) + " fit");
    }
    std::sort(found_.begin(), found_.end(), [](const TilePairs& a, const TilePairs& b) {
      return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
    count();
  }

  void write(int32_t* partners, float* lengths) const {
    std::vector<int64_t> next(starts_);
    for (const TilePairs& tile : found_) {
      const Pair* pair = tile.pairs.data();
      for (std::size_t r = 0; r < tile.counts.size(); r++) {
        int64_t& at = next[static_cast<std::size_t>(tile.row * distance_tile) + r];
        for (const Pair* end = pair + tile.counts[r]; pair < end; pair++, at++) {
          partners[at] = pair->partner;
          lengths[at] = pair->length;
        }
      }
    }
  }

 private:
  void find(int64_t row, int64_t column) {
    const auto values = aligned_floats(distance_tile * distance_tile);
    points_.distances(row, column, values.get());
    const int64_t rows = std::min(distance_tile, points_.count() - row * distance_tile);
    const int64_t columns = std::min(distance_tile, points_.count() - column * distance_tile);
    TilePairs tile{row, column, std::vector<int32_t>(static_cast<std::size_t>(rows)), {}};
    for (int64_t r = 0; r < rows; r++) {
      const int64_t first = row == column ? r + 1 : 0;
      const float* distances = values.get() + r * distance_tile;
      if (none_within(distances + first, columns - first, threshold_)) {
        continue;
      }
      const std::size_t before = tile.pairs.size();
      for (int64_t c = first; c < columns; c++) {
        if (distances[c] <= threshold_) {
          tile.pairs.push_back({static_cast<int32_t>(column * distance_tile + c), distances[c]});
        }
      }
      tile.counts[static_cast<std::size_t>(r)] = static_cast<int32_t>(tile.pairs.size() - before);
    }
    keep(std::move(tile));
  }

  // Past the limit pairs are only counted.
  void keep(TilePairs tile) {
    if (tile.pairs.empty()) {
      return;
    }
    tile.pairs.shrink_to_fit();
    const std::lock_guard<std::mutex> hold(lock_);
    total_ += static_cast<int64_t>(tile.pairs.size());
    if (total_ <= most_) {
      found_.push_back(std::move(tile));
    } else {
      std::vector<TilePairs>().swap(found_);
    }
  }

  void count() {
    const auto points = static_cast<std::size_t>(points_.count());
    starts_.assign(points + 1, 0);
    for (const TilePairs& tile : found_) {
      for (std::size_t r = 0; r < tile.counts.size(); r++) {
        starts_[static_cast<std::size_t>(tile.row * distance_tile) + r + 1] += tile.counts[r];
      }
    }
    for (std::size_t i = 0; i < points; i++) {
      starts_[i + 1] += starts_[i];
    }
    std::copy(starts_.begin(), starts_.end(), offsets_);
  }

  const Points& points_;
  float threshold_;
  int64_t most_;
  int64_t* offsets_;
  int64_t total_ = 0;
  std::mutex lock_;
  std::vector<TilePairs> found_;
  std::vector<int64_t> starts_;
};

}  // namespace scaleinv

int32_t scaleinv_graph_find(const void* prepared, float threshold, int64_t most, int32_t threads, int64_t* offsets,
                            void** graph) {
  return scaleinv::guarded([&] {
    scaleinv::require(prepared != nullptr && offsets != nullptr && graph != nullptr,
                      "prepared, offsets or graph is null");
    scaleinv::require(most >= 0, "most is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    const auto& points = *static_cast<const scaleinv::Points*>(prepared);
    scaleinv::require(points.count() <= INT32_MAX, "more points than 2147483647");
    *graph = new scaleinv::Graph(points, threshold, most, threads, offsets);
  });
}

int32_t scaleinv_graph_pairs(const void* graph, int32_t* partners, float* lengths) {
  return scaleinv::guarded([&] {
    scaleinv::require(graph != nullptr && partners != nullptr && lengths != nullptr,
                      "graph, partners or lengths is null");
    static_cast<const scaleinv::Graph*>(graph)->write(partners, lengths);
  });
}

void scaleinv_graph_release(void* graph) { delete static_cast<scaleinv::Graph*>(graph); }
