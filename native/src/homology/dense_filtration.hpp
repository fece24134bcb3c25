// A filtered graph as a matrix, for the edge collapse.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

#include "homology/collapse_kernels.hpp"
#include "homology/edges.hpp"
#include "simd.hpp"

namespace scaleinv::homology {

class DenseFiltration {
 public:
  DenseFiltration(const Edges& edges, int32_t threads, Account& account)
      : edges_(edges),
        width_((int64_t{edges.points} + 127) / 128 * 128),
        places_(account),
        points_(account),
        lengths_(account),
        joined_(account),
        reach_(account),
        sets_(account),
        kernel_(chosen()) {
    number();
    const auto points = static_cast<std::size_t>(edges.points);
    const auto width = static_cast<std::size_t>(width_);
    lengths_.assign(points * width, never);
    joined_.assign(points * width / 64, 0);
    reach_.resize(static_cast<std::size_t>(threads) * width);
    sets_.resize(static_cast<std::size_t>(threads) * width / 64 * 2);
    for (int32_t i = 0; i < edges.points; i++) {
      at(i, i) = 0;
      word(i, i) |= bit(i);
    }
    for (uint32_t rank = 0; rank < edges.size(); rank++) {
      const WeightedEdge edge = weighted(rank);
      at(edge.first, edge.second) = edge.length;
      at(edge.second, edge.first) = edge.length;
      word(edge.first, edge.second) |= bit(edge.second);
      word(edge.second, edge.first) |= bit(edge.first);
    }
  }

  static int64_t bytes(int64_t points) {
    const int64_t pairs = (points + 127) / 128 * 128 * points;
    return 4 * pairs + pairs / 8;
  }

  WeightedEdge weighted(uint32_t rank) const {
    const Edge edge = edges_.ends[rank];
    return {places_[edge.low], places_[edge.high], std::bit_cast<int32_t>(edges_.lengths[rank])};
  }

  Edge named(const WeightedEdge& edge) const {
    const int32_t a = points_[edge.first];
    const int32_t b = points_[edge.second];
    return {std::min(a, b), std::max(a, b)};
  }

  int32_t length(int32_t a, int32_t b) const { return lengths_[static_cast<std::size_t>(a * width_ + b)]; }

  void prepare(const WeightedEdge&) const {}

  void decide(int32_t thread, const WeightedEdge& edge, int32_t* likely, Decision* decision) {
    uint64_t* sets = sets_.data() + thread * width_ / 64 * 2;
    const DenseRows rows{edges_.points, width_, lengths_.data(), joined_.data()};
    kernel_(rows, {reach_.data() + thread * width_, sets, sets + width_ / 64}, edge, likely, decision);
  }

  void raise(const WeightedEdge& edge, int32_t until) {
    at(edge.first, edge.second) = until;
    at(edge.second, edge.first) = until;
    pass(edge);
  }

  // From here on only shorter edges are decided.
  void pass(const WeightedEdge& edge) {
    word(edge.first, edge.second) &= ~bit(edge.second);
    word(edge.second, edge.first) &= ~bit(edge.first);
  }

 private:
  static DecideDense* chosen() {
#if SCALEINV_X86
    switch (simd_level()) {
      case SCALEINV_SIMD_AVX512: return dense_collapse_avx512;
      case SCALEINV_SIMD_AVX2: return dense_collapse_avx2;
      default: break;
    }
#endif
    return dense_collapse_baseline;
  }

  static uint64_t bit(int32_t vertex) { return uint64_t{1} << (vertex % 64); }

  int32_t& at(int32_t a, int32_t b) { return lengths_[static_cast<std::size_t>(a * width_ + b)]; }
  uint64_t& word(int32_t a, int32_t b) { return joined_[static_cast<std::size_t>((a * width_ + b) / 64)]; }

  // Central points first: they dominate many edges, and the witnesses that nothing else does are far out.
  void number() {
    const auto points = static_cast<std::size_t>(edges_.points);
    const double longest = edges_.lengths.empty() ? 0 : edges_.lengths.back();
    Counted<double> nearness(places_.get_allocator());
    nearness.assign(points, 0);
    for (uint32_t rank = 0; rank < edges_.size(); rank++) {
      const double near = 1.2 * longest - edges_.lengths[rank];
      nearness[edges_.ends[rank].low] += near;
      nearness[edges_.ends[rank].high] += near;
    }
    points_.resize(points);
    std::iota(points_.begin(), points_.end(), 0);
    std::sort(points_.begin(), points_.end(),
              [&](int32_t a, int32_t b) { return nearness[a] != nearness[b] ? nearness[a] > nearness[b] : a < b; });
    places_.resize(points);
    for (int32_t i = 0; i < edges_.points; i++) {
      places_[points_[i]] = i;
    }
  }

  const Edges& edges_;
  int64_t width_;
  Counted<int32_t> places_;
  Counted<int32_t> points_;
  Counted<int32_t> lengths_;
  Counted<uint64_t> joined_;
  Counted<int32_t> reach_;
  Counted<uint64_t> sets_;
  DecideDense* kernel_;
};

}  // namespace scaleinv::homology
