// Simplices as numbers in the order of the filtration.
//
// A simplex of dimension k ≥ 1 is its longest edge and its other vertices R. As a key: the rank of the edge, then the
// vertices of R, the largest first, each as what is missing to the largest number of its bits. Keys of one dimension
// stand in the order of the filtration, and are read by shifts alone.
#pragma once

#include <bit>
#include <cstdint>

#include "homology/edges.hpp"

namespace scaleinv::homology {

__extension__ using Wide = unsigned __int128;

// An edge and as many other vertices of a bit each as 128 bits hold beside a rank, and one more for a cofacet.
constexpr int most_vertices = 2 + 96 + 1;

// Rank: a number that orders the edges.
template <class Rank>
struct SimplexOf {
  Rank rank;
  int32_t count;
  // descending
  int32_t vertices[most_vertices];
};
using Simplex = SimplexOf<uint32_t>;

// Edges by their rank in a list.
class RankedEdges {
 public:
  using Rank = uint32_t;

  explicit RankedEdges(const Edges& edges) : edges_(&edges) {}

  int32_t points() const { return edges_->points; }
  Edge ends(Rank rank) const { return edges_->ends[rank]; }
  float length(Rank rank) const { return edges_->lengths[rank]; }
  const Edges& list() const { return *edges_; }

 private:
  const Edges* edges_;
};

// How simplices are written as keys; Order says what the ranks of edges mean.
template <class KeyType, class Order = RankedEdges>
class Layout {
 public:
  using Key = KeyType;
  using Rank = typename Order::Rank;
  using Simplex = SimplexOf<Rank>;

  explicit Layout(const Order& order)
      : order_(order), bits_(vertex_bits(order.points())), mask_((Key{1} << bits_) - 1) {}

  static int vertex_bits(int64_t points) {
    return points <= 2 ? 1 : std::bit_width(static_cast<uint64_t>(points - 1));
  }

  // Whether simplices of a dimension ≥ 1 have keys.
  static bool holds(int64_t points, uint32_t edges, int32_t dimension) {
    const int64_t needed = std::bit_width(edges) + int64_t{vertex_bits(points)} * (dimension - 1);
    return needed <= static_cast<int64_t>(8 * sizeof(Key));
  }

  Rank rank(Key key, int32_t dimension) const { return static_cast<Rank>(shifted(key, dimension - 1)); }

  // The first key of a dimension with a longest edge; of the rank behind the last one, behind all.
  Key first(Rank rank, int32_t dimension) const { return static_cast<Key>(rank) << (bits_ * (dimension - 1)); }

  // others descending
  Key with(Key packed, int32_t vertex) const { return packed << bits_ | (mask_ - static_cast<Key>(vertex)); }

  // The largest vertex beside the longest edge, of a dimension ≥ 2.
  int32_t largest(Key key, int32_t dimension) const {
    return static_cast<int32_t>(mask_ - (shifted(key, dimension - 2) & mask_));
  }

  Simplex simplex(Key key, int32_t dimension) const {
    Simplex simplex;
    simplex.rank = rank(key, dimension);
    simplex.count = dimension + 1;
    const Edge edge = order_.ends(simplex.rank);
    int32_t at = 0;
    int32_t next[2] = {edge.high, edge.low};
    int32_t taken = 0;
    for (int32_t i = 0; i < dimension - 1; i++) {
      const auto vertex = static_cast<int32_t>(mask_ - (shifted(key, dimension - 2 - i) & mask_));
      while (taken < 2 && next[taken] > vertex) {
        simplex.vertices[at++] = next[taken++];
      }
      simplex.vertices[at++] = vertex;
    }
    while (taken < 2) {
      simplex.vertices[at++] = next[taken++];
    }
    return simplex;
  }

  int32_t points() const { return order_.points(); }
  Edge ends(Rank rank) const { return order_.ends(rank); }
  float length(Rank rank) const { return order_.length(rank); }
  const Order& order() const { return order_; }

 private:
  Key shifted(Key key, int32_t vertices) const { return vertices == 0 ? key : key >> (bits_ * vertices); }

  Order order_;
  int bits_;
  Key mask_;
};

// The keys of a simplex's cofacets.
template <class Layout>
class Cofacets {
 public:
  using Key = typename Layout::Key;
  using Rank = typename Layout::Rank;
  using Simplex = typename Layout::Simplex;

  Cofacets(const Layout& layout, const Simplex& simplex) : layout_(&layout), simplex_(&simplex) {
    for (int32_t left = 0; left < simplex.count; left++) {
      without_[left] = 0;
      for (int32_t i = 0; i < simplex.count; i++) {
        if (i != left) {
          without_[left] = layout.with(without_[left], simplex.vertices[i]);
        }
      }
    }
  }

  // The cofacet with one vertex more, of whose edges to the simplex the last one has this rank.
  Key key(int32_t vertex, Rank rank) const {
    return rank < simplex_->rank ? of_same_edge(vertex) : of_new_edge(vertex, rank);
  }

  // How many vertices of the simplex are smaller: the sign of the cofacet in the coboundary is −1 to that power.
  int32_t smaller(int32_t vertex) const {
    int32_t count = 0;
    for (int32_t i = 0; i < simplex_->count; i++) {
      count += simplex_->vertices[i] < vertex ? 1 : 0;
    }
    return count;
  }

 private:
  Key of_new_edge(int32_t vertex, Rank rank) const {
    const Edge edge = layout_->ends(rank);
    const int32_t other = edge.low == vertex ? edge.high : edge.low;
    int32_t at = 0;
    while (simplex_->vertices[at] != other) {
      at++;
    }
    return layout_->first(rank, simplex_->count) | without_[at];
  }

  Key of_same_edge(int32_t vertex) const {
    const Edge edge = layout_->ends(simplex_->rank);
    Key packed = static_cast<Key>(simplex_->rank);
    bool placed = false;
    for (int32_t i = 0; i < simplex_->count; i++) {
      const int32_t mine = simplex_->vertices[i];
      if (!placed && mine < vertex) {
        packed = layout_->with(packed, vertex);
        placed = true;
      }
      if (mine != edge.low && mine != edge.high) {
        packed = layout_->with(packed, mine);
      }
    }
    return placed ? packed : layout_->with(packed, vertex);
  }

  const Layout* layout_;
  const Simplex* simplex_;
  Key without_[most_vertices];
};

}  // namespace scaleinv::homology
