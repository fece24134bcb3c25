// A complex whose edges stand in a matrix of ranks: 4·n² bytes, and every neighbour by a pass over rows.
#pragma once

#include <algorithm>
#include <cstdint>

#include "homology/cliques.hpp"
#include "homology/complex.hpp"

namespace scaleinv::homology {

template <class KeyType>
class DenseComplex {
 public:
  using Key = KeyType;
  using Rank = uint32_t;
  using Simplex = SimplexOf<Rank>;

  DenseComplex(const Edges& edges, Account& account)
      : layout_(RankedEdges(edges)), points_(edges.points), account_(account), ranks_(account) {
    ranks_.assign(static_cast<std::size_t>(points_) * static_cast<std::size_t>(points_), no_edge);
    for (uint32_t rank = 0; rank < edges.size(); rank++) {
      const Edge edge = edges.ends[rank];
      at(edge.low, edge.high) = rank;
      at(edge.high, edge.low) = rank;
    }
  }

  const Layout<Key>& layout() const { return layout_; }

  Rank last() const { return layout_.order().list().size() - 1; }

  uint32_t rank(int32_t a, int32_t b) const { return row(a)[b]; }

  template <class Visit>
  void neighbours(const Simplex& simplex, uint32_t first, uint32_t last, Visit&& visit) const {
    for (int32_t vertex = 0; vertex < points_; vertex++) {
      const uint32_t longest = latest(simplex, vertex);
      if (longest >= first && longest <= last) {
        visit(vertex, longest);
      }
    }
  }

  uint32_t nearest(const Simplex& simplex, uint32_t first) const {
    uint32_t lowest = no_edge;
    for (int32_t vertex = 0; vertex < points_; vertex++) {
      const uint32_t longest = latest(simplex, vertex);
      lowest = longest >= first ? std::min(lowest, longest) : lowest;
    }
    return lowest;
  }

  // An eighth of a percent of the edges at first.
  Rank shell(Rank from, int32_t number) const {
    const uint64_t step = (uint64_t{last()} / 1024 + 1) << std::min(number, 11);
    return static_cast<Rank>(std::min<uint64_t>(from + step, last()));
  }

  int32_t top(const Simplex& simplex, uint32_t below, int32_t above) const {
    int32_t vertex = points_ - 1;
    while (vertex > above && latest(simplex, vertex) >= below) {
      vertex--;
    }
    return vertex > above ? vertex : -1;
  }

  template <class Visit>
  void critical(int32_t dimension, bool apparent, int32_t, Visit&& visit) const {
    Cliques<DenseComplex, Visit> cliques(*this, dimension, apparent, visit, account_);
    for (uint32_t rank = 0; rank < layout_.order().list().size(); rank++) {
      cliques.with_longest(rank);
    }
  }

 private:
  uint32_t& at(int32_t a, int32_t b) { return ranks_[static_cast<std::size_t>(a) * points_ + b]; }

  const uint32_t* row(int32_t vertex) const { return ranks_.data() + static_cast<std::size_t>(vertex) * points_; }

  // A point has no edge to itself, so that a vertex of the simplex is none of its neighbours.
  uint32_t latest(const Simplex& simplex, int32_t vertex) const {
    uint32_t latest = 0;
    for (int32_t i = 0; i < simplex.count; i++) {
      latest = std::max(latest, row(simplex.vertices[i])[vertex]);
    }
    return latest;
  }

  Layout<Key> layout_;
  int32_t points_;
  Account& account_;
  Counted<uint32_t> ranks_;
};

}  // namespace scaleinv::homology
