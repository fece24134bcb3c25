// A complex whose edges stand in a matrix of ranks: 4·n² bytes, and every neighbour by a pass over rows.
#pragma once

#include <algorithm>
#include <cstdint>

#include "homology/complex.hpp"
#include "homology/lunes.hpp"
#include "homology/row_kernels.hpp"

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
  void neighbours(const Simplex& simplex, uint32_t from, uint32_t to, Visit&& visit) const {
    const Rows rows(*this, simplex);
    Places found;
    for (int32_t first = 0; first < points_; first += rows_chunk) {
      kernels_.within(rows.of, simplex.count, first, std::min(rows_chunk, points_ - first), from, to, &found);
      for (int32_t i = 0; i < found.count; i++) {
        visit(found.at[i], found.value[i]);
      }
    }
  }

  uint32_t nearest(const Simplex& simplex, uint32_t from) const {
    return kernels_.nearest(Rows(*this, simplex).of, simplex.count, points_, from);
  }

  // An eighth of a percent of the edges at first.
  Rank shell(Rank from, int32_t number) const {
    const uint64_t step = (uint64_t{last()} / 1024 + 1) << std::min(number, 11);
    return static_cast<Rank>(std::min<uint64_t>(from + step, last()));
  }

  int32_t top(const Simplex& simplex, uint32_t below, int32_t above) const {
    return kernels_.top(Rows(*this, simplex).of, simplex.count, points_, below, above);
  }

  template <class Visit>
  void critical(int32_t dimension, bool apparent, int32_t threads, Visit&& visit) const {
    visit_by_bits(layout_, dimension, apparent, threads, account_, visit);
  }

 private:
  uint32_t& at(int32_t a, int32_t b) { return ranks_[static_cast<std::size_t>(a) * points_ + b]; }

  const uint32_t* row(int32_t vertex) const { return ranks_.data() + static_cast<std::size_t>(vertex) * points_; }

  // The rows of a simplex's vertices. A point has no edge to itself, so that these are none of its neighbours.
  struct Rows {
    Rows(const DenseComplex& complex, const Simplex& simplex) {
      for (int32_t i = 0; i < simplex.count; i++) {
        of[i] = complex.row(simplex.vertices[i]);
      }
    }
    const uint32_t* of[most_vertices];
  };

  Layout<Key> layout_;
  int32_t points_;
  Account& account_;
  const RowKernels& kernels_ = row_kernels();
  Counted<uint32_t> ranks_;
};

}  // namespace scaleinv::homology
