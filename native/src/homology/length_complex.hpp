// The complex of a matrix of distances as it is, without a list of edges: for dimension 1, of whose edges one in a
// thousand is ever looked at twice.
//
// The rank of an edge is its length, as the bits of a float that is not negative, and behind them its index
// j(j − 1)/2 + i: they are ordered as the edges are, but not counted.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "homology/complex.hpp"
#include "homology/row_kernels.hpp"
#include "workers.hpp"

namespace scaleinv::homology {

class MeasuredEdges {
 public:
  using Rank = uint64_t;

  explicit MeasuredEdges(int32_t points)
      : points_(points),
        index_bits_(std::max(1, static_cast<int>(std::bit_width(uint64_t(points) * (points - 1) / 2)))) {}

  // Whether the keys of triangles fit.
  template <class Key>
  static bool fits(int32_t points);

  int32_t points() const { return points_; }

  Rank rank(uint32_t length, int32_t a, int32_t b) const {
    const auto high = static_cast<uint64_t>(std::max(a, b));
    return Rank{length} << index_bits_ | (high * (high - 1) / 2 + static_cast<uint64_t>(std::min(a, b)));
  }

  // The lowest and the highest rank of a length.
  Rank lowest(uint32_t length) const { return Rank{length} << index_bits_; }
  Rank highest(uint32_t length) const { return lowest(length) | ((Rank{1} << index_bits_) - 1); }

  uint32_t bits(Rank rank) const { return static_cast<uint32_t>(rank >> index_bits_); }
  float length(Rank rank) const { return std::bit_cast<float>(bits(rank)); }

  Edge ends(Rank rank) const {
    const uint64_t index = rank & ((Rank{1} << index_bits_) - 1);
    auto high = static_cast<uint64_t>((1 + std::sqrt(1 + 8 * static_cast<double>(index))) / 2);
    high += high * (high + 1) / 2 <= index ? 1 : 0;
    high -= high * (high - 1) / 2 > index ? 1 : 0;
    return {static_cast<int32_t>(index - high * (high - 1) / 2), static_cast<int32_t>(high)};
  }

 private:
  int32_t points_;
  int index_bits_;
};

template <class Key>
bool MeasuredEdges::fits(int32_t points) {
  const int needed = 31 + MeasuredEdges(points).index_bits_ + Layout<Key, MeasuredEdges>::vertex_bits(points);
  return needed <= static_cast<int>(8 * sizeof(Key));
}

template <class KeyType>
class LengthComplex {
 public:
  using Key = KeyType;
  using Rank = uint64_t;
  using Simplex = SimplexOf<Rank>;

  // distances (points, points), none of which is −0
  LengthComplex(const float* distances, int32_t points, float threshold, Account& account)
      : layout_(MeasuredEdges(points)),
        lengths_(reinterpret_cast<const uint32_t*>(distances)),
        points_(points),
        longest_(std::bit_cast<uint32_t>(std::min(threshold, std::numeric_limits<float>::max()))),
        account_(account) {}

  const Layout<Key, MeasuredEdges>& layout() const { return layout_; }

  Rank last() const { return layout_.order().highest(longest_); }

  Rank rank(int32_t a, int32_t b) const { return layout_.order().rank(row(a)[b], a, b); }

  template <class Visit>
  void neighbours(const Simplex& simplex, Rank from, Rank to, Visit&& visit) const {
    const Rows rows(*this, simplex);
    const MeasuredEdges& order = layout_.order();
    Places found;
    for (int32_t first = 0; first < points_; first += rows_chunk) {
      kernels_.within(rows.of, simplex.count, first, std::min(rows_chunk, points_ - first), order.bits(from),
                      order.bits(to), &found);
      for (int32_t i = 0; i < found.count; i++) {
        const Rank latest = latest_edge(simplex, found.at[i]);
        if (latest >= from && latest <= to) {
          visit(found.at[i], latest);
        }
      }
    }
  }

  Rank nearest(const Simplex& simplex, Rank from) const {
    const Rows rows(*this, simplex);
    const MeasuredEdges& order = layout_.order();
    Rank lowest = std::numeric_limits<Rank>::max();
    uint32_t length = order.bits(from);
    while (lowest > last()) {
      length = kernels_.nearest(rows.of, simplex.count, points_, length);
      if (length > longest_) {
        break;
      }
      // vertices of the simplex itself, and those of an edge of this length before `from`, are none
      neighbours(simplex, std::max(from, order.lowest(length)), order.highest(length),
                 [&](int32_t, Rank rank) { lowest = std::min(lowest, rank); });
      length++;
    }
    return lowest;
  }

  // 1/256 of the longest edge at first.
  Rank shell(Rank from, int32_t number) const {
    const float step = std::bit_cast<float>(longest_) / 256 * static_cast<float>(1 << std::min(number, 10));
    const float to = std::min(layout_.length(from) + step, std::bit_cast<float>(longest_));
    return layout_.order().highest(std::bit_cast<uint32_t>(to));
  }

  int32_t top(const Simplex& simplex, Rank below, int32_t above) const {
    const Rows rows(*this, simplex);
    int32_t highest = kernels_.top(rows.of, simplex.count, points_, layout_.order().bits(below), above);
    // edges of the same length may be before it, too
    neighbours(simplex, layout_.order().lowest(layout_.order().bits(below)), below, [&](int32_t vertex, Rank rank) {
      if (rank < below && vertex > above) {
        highest = std::max(highest, vertex);
      }
    });
    return highest;
  }

  // Of dimension 1: edges with an empty lune, or all.
  template <class Visit>
  void critical(int32_t, bool apparent, int32_t threads, Visit&& visit) const {
    constexpr int32_t rows_together = 64;
    const int64_t parts = (points_ + rows_together - 1) / rows_together;
    std::vector<Counted<Key>> found(static_cast<std::size_t>(parts), Counted<Key>(account_));
    for_each_task(parts, threads, [&](int64_t part) {
      Counted<uint64_t> open(static_cast<std::size_t>((points_ + 63) / 64), 0, account_);
      const auto first = static_cast<int32_t>(part * rows_together);
      for (int32_t high = first; high < std::min(first + rows_together, points_); high++) {
        open_edges(high, apparent, open);
        for (int32_t word = 0; 64 * word < high; word++) {
          for (uint64_t left = open[word]; left != 0; left &= left - 1) {
            const int32_t low = 64 * word + std::countr_zero(left);
            if (!apparent || !filled_lune(low, high)) {
              found[part].push_back(rank(low, high));
            }
          }
        }
      }
    });
    for (const Counted<Key>& keys : found) {
      for (const Key key : keys) {
        visit(key);
      }
    }
  }

 private:
  struct Rows {
    Rows(const LengthComplex& complex, const Simplex& simplex) {
      for (int32_t i = 0; i < simplex.count; i++) {
        of[i] = complex.row(simplex.vertices[i]);
      }
    }
    // edges alone have cofacets here
    const uint32_t* of[2] = {};
  };

  const uint32_t* row(int32_t vertex) const { return lengths_ + static_cast<std::size_t>(vertex) * points_; }

  // The last of the edges from a vertex to the simplex; higher than last() for one of its own.
  Rank latest_edge(const Simplex& simplex, int32_t vertex) const {
    Rank latest = 0;
    for (int32_t i = 0; i < simplex.count; i++) {
      if (simplex.vertices[i] == vertex) {
        return std::numeric_limits<Rank>::max();
      }
      latest = std::max(latest, rank(simplex.vertices[i], vertex));
    }
    return latest;
  }

  // Which edges {low, high} with low < high are within the threshold and, unless all are wanted, have none of the nearest
  // neighbours of `high` in their lune: a pass over two rows for each neighbour, which leaves few edges to be looked at.
  void open_edges(int32_t high, bool apparent, Counted<uint64_t>& open) const {
    constexpr int32_t most = 8;
    const uint32_t* own = row(high);
    std::fill(open.begin(), open.end(), ~uint64_t{0});
    kernels_.open(own, own, 0, longest_, high, open.data());
    uint32_t length = 0;
    Places found;
    for (int32_t tried = 0; apparent && tried < most; length++) {
      length = kernels_.nearest(&own, 1, points_, length);
      if (length > longest_) {
        return;
      }
      for (int32_t first = 0; first < points_; first += rows_chunk) {
        kernels_.within(&own, 1, first, std::min(rows_chunk, points_ - first), length, length, &found);
        for (int32_t i = 0; i < found.count && tried < most; i++, tried++) {
          kernels_.open(own, row(found.at[i]), length, longest_, high, open.data());
        }
      }
    }
  }

  // Whether some vertex is joined to both by edges before their own.
  bool filled_lune(int32_t low, int32_t high) const {
    const uint32_t* const rows[2] = {row(low), row(high)};
    const uint32_t length = rows[1][low];
    if (kernels_.top(rows, 2, points_, length, -1) >= 0) {
      return true;
    }
    Simplex edge;
    edge.rank = rank(low, high);
    edge.count = 2;
    edge.vertices[0] = high;
    edge.vertices[1] = low;
    bool filled = false;
    neighbours(edge, layout_.order().lowest(length), edge.rank, [&](int32_t, Rank) { filled = true; });
    return filled;
  }

  Layout<Key, MeasuredEdges> layout_;
  const uint32_t* lengths_;
  int32_t points_;
  uint32_t longest_;
  Account& account_;
  const RowKernels& kernels_ = row_kernels();
};

}  // namespace scaleinv::homology
