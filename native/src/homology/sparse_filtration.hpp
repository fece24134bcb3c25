// A filtered graph as lists of neighbours, which become shorter while edges go, for the edge collapse.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "homology/collapse_kernels.hpp"
#include "homology/edges.hpp"
#include "simd.hpp"

namespace scaleinv::homology {

class SparseFiltration {
 public:
  SparseFiltration(const Edges& edges, int32_t threads, Account& account)
      : edges_(edges),
        starts_(account),
        degrees_(account),
        neighbours_(account),
        of_points_(account),
        of_lune_(account),
        kernel_(chosen()) {
    const auto points = static_cast<std::size_t>(edges.points);
    degrees_.assign(points, 0);
    for (const Edge& edge : edges.ends) {
      degrees_[edge.low]++;
      degrees_[edge.high]++;
    }
    starts_.resize(points);
    int64_t start = 0;
    int32_t largest = 0;
    for (std::size_t i = 0; i < points; i++) {
      starts_[i] = start;
      start += degrees_[i];
      largest = std::max(largest, degrees_[i]);
    }
    neighbours_.resize(static_cast<std::size_t>(start));
    std::fill(degrees_.begin(), degrees_.end(), 0);
    for (uint32_t rank = 0; rank < edges.size(); rank++) {
      const WeightedEdge edge = weighted(rank);
      list(edge.first)[degrees_[edge.first]++] = {edge.second, edge.length};
      list(edge.second)[degrees_[edge.second]++] = {edge.first, edge.length};
    }
    of_points_.resize(static_cast<std::size_t>(threads) * 2 * points);
    for (int32_t thread = 0; thread < threads; thread++) {
      int32_t* to_first = of_points_.data() + 2 * edges.points * int64_t{thread};
      std::fill(to_first, to_first + points, never);
      std::fill(to_first + points, to_first + 2 * points, 0);
    }
    // whole cache lines
    most_ = (largest + 17 + 15) / 16 * 16;
    of_lune_.resize(static_cast<std::size_t>(threads) * 5 * most_);
  }

  static int64_t bytes(int64_t points, int64_t edges) { return 16 * edges + 20 * points; }

  WeightedEdge weighted(uint32_t rank) const {
    const Edge edge = edges_.ends[rank];
    return {edge.low, edge.high, std::bit_cast<int32_t>(edges_.lengths[rank])};
  }

  Edge named(const WeightedEdge& edge) const { return {edge.first, edge.second}; }

  int32_t length(int32_t a, int32_t b) const {
    const Neighbour* found = find(a, b);
    return found == end(a) ? never : found->length;
  }

  // Its lists will be needed soon: lengths stand in no order in memory.
  void prepare(const WeightedEdge& edge) const {
    for (const int32_t vertex : {edge.first, edge.second}) {
      const auto* list = reinterpret_cast<const char*>(begin(vertex));
      const int64_t bytes = degrees_[vertex] * static_cast<int64_t>(sizeof(Neighbour));
      for (int64_t at = 0; at < bytes; at += 64) {
        __builtin_prefetch(list + at);
      }
    }
  }

  void decide(int32_t thread, const WeightedEdge& edge, int32_t*, Decision* decision) {
    int32_t* to_first = of_points_.data() + 2 * edges_.points * int64_t{thread};
    int32_t* lune = of_lune_.data() + 5 * int64_t{most_} * thread;
    const NeighbourLists lists{edges_.points, starts_.data(), degrees_.data(), neighbours_.data()};
    kernel_(
        lists,
        {to_first, to_first + edges_.points, lune, lune + most_, lune + 2 * most_, lune + 3 * most_, lune + 4 * most_},
        edge, decision);
  }

  void raise(const WeightedEdge& edge, int32_t until) {
    raise(edge.first, edge.second, until);
    raise(edge.second, edge.first, until);
  }

  void pass(const WeightedEdge&) const {}

 private:
  static DecideSparse* chosen() {
#if SCALEINV_X86
    switch (simd_level()) {
      case SCALEINV_SIMD_AVX512: return sparse_collapse_avx512;
      case SCALEINV_SIMD_AVX2: return sparse_collapse_avx2;
      default: break;
    }
#endif
    return sparse_collapse_baseline;
  }

  Neighbour* list(int32_t vertex) { return neighbours_.data() + starts_[vertex]; }
  const Neighbour* begin(int32_t vertex) const { return neighbours_.data() + starts_[vertex]; }
  const Neighbour* end(int32_t vertex) const { return begin(vertex) + degrees_[vertex]; }

  const Neighbour* find(int32_t a, int32_t b) const {
    return std::find_if(begin(a), end(a), [b](const Neighbour& neighbour) { return neighbour.vertex == b; });
  }

  void raise(int32_t a, int32_t b, int32_t until) {
    Neighbour* found = list(a) + (find(a, b) - begin(a));
    if (until < never) {
      found->length = until;
    } else {
      *found = list(a)[--degrees_[a]];
    }
  }

  const Edges& edges_;
  Counted<int64_t> starts_;
  Counted<int32_t> degrees_;
  Counted<Neighbour> neighbours_;
  Counted<int32_t> of_points_;
  Counted<int32_t> of_lune_;
  int32_t most_ = 0;
  DecideSparse* kernel_;
};

}  // namespace scaleinv::homology
