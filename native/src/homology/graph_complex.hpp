// A complex that never becomes dense: of every point its partners, ascending, with the ranks of their edges.
#pragma once

#include <algorithm>
#include <cstdint>

#include "homology/cliques.hpp"
#include "homology/complex.hpp"

namespace scaleinv::homology {

template <class KeyType>
class GraphComplex {
 public:
  using Key = KeyType;
  using Rank = uint32_t;
  using Simplex = SimplexOf<Rank>;

  GraphComplex(const Edges& edges, Account& account)
      : layout_(RankedEdges(edges)), account_(account), starts_(account), partners_(account) {
    starts_.assign(static_cast<std::size_t>(edges.points) + 1, 0);
    for (const Edge& edge : edges.ends) {
      starts_[edge.low + 1]++;
      starts_[edge.high + 1]++;
    }
    for (int32_t i = 0; i < edges.points; i++) {
      starts_[i + 1] += starts_[i];
    }
    Counted<int64_t> next(starts_);
    partners_.resize(2 * static_cast<std::size_t>(edges.size()));
    for (uint32_t rank = 0; rank < edges.size(); rank++) {
      const Edge edge = edges.ends[rank];
      partners_[next[edge.low]++] = {edge.high, rank};
      partners_[next[edge.high]++] = {edge.low, rank};
    }
    for (int32_t i = 0; i < edges.points; i++) {
      std::sort(partners_.begin() + starts_[i], partners_.begin() + starts_[i + 1],
                [](const Partner& a, const Partner& b) { return a.vertex < b.vertex; });
    }
  }

  const Layout<Key>& layout() const { return layout_; }

  Rank last() const { return layout_.order().list().size() - 1; }

  uint32_t rank(int32_t a, int32_t b) const {
    const auto end = partners_.begin() + starts_[a + 1];
    const auto found = std::lower_bound(partners_.begin() + starts_[a], end, b,
                                        [](const Partner& partner, int32_t vertex) { return partner.vertex < vertex; });
    return found != end && found->vertex == b ? found->rank : no_edge;
  }

  template <class Visit>
  void neighbours(const Simplex& simplex, uint32_t first, uint32_t last, Visit&& visit) const {
    for (const Partner& partner : around(simplex)) {
      const uint32_t longest = latest(simplex, partner);
      if (longest >= first && longest <= last) {
        visit(partner.vertex, longest);
      }
    }
  }

  uint32_t nearest(const Simplex& simplex, uint32_t first) const {
    uint32_t lowest = no_edge;
    neighbours(simplex, first, no_edge - 1, [&](int32_t, uint32_t rank) { lowest = std::min(lowest, rank); });
    return lowest;
  }

  // An eighth of a percent of the edges at first.
  Rank shell(Rank from, int32_t number) const {
    const uint64_t step = (uint64_t{last()} / 1024 + 1) << std::min(number, 11);
    return static_cast<Rank>(std::min<uint64_t>(from + step, last()));
  }

  int32_t top(const Simplex& simplex, uint32_t below, int32_t above) const {
    int32_t highest = -1;
    if (below > 0) {
      neighbours(simplex, 0, below - 1, [&](int32_t vertex, uint32_t) { highest = std::max(highest, vertex); });
    }
    return highest > above ? highest : -1;
  }

  template <class Visit>
  void critical(int32_t dimension, bool apparent, int32_t, Visit&& visit) const {
    Cliques<GraphComplex, Visit> cliques(*this, dimension, apparent, visit, account_);
    for (uint32_t rank = 0; rank < layout_.order().list().size(); rank++) {
      cliques.with_longest(rank);
    }
  }

 private:
  struct Partner {
    int32_t vertex;
    uint32_t rank;
  };
  struct Range {
    const Partner* first;
    const Partner* last;
    const Partner* begin() const { return first; }
    const Partner* end() const { return last; }
  };

  // The partners of the vertex with the fewest.
  Range around(const Simplex& simplex) const {
    int32_t fewest = simplex.vertices[0];
    for (int32_t i = 1; i < simplex.count; i++) {
      fewest = degree(simplex.vertices[i]) < degree(fewest) ? simplex.vertices[i] : fewest;
    }
    return {partners_.data() + starts_[fewest], partners_.data() + starts_[fewest + 1]};
  }

  int64_t degree(int32_t vertex) const { return starts_[vertex + 1] - starts_[vertex]; }

  uint32_t latest(const Simplex& simplex, const Partner& partner) const {
    uint32_t latest = 0;
    for (int32_t i = 0; i < simplex.count && latest < no_edge; i++) {
      latest = std::max(latest, rank(partner.vertex, simplex.vertices[i]));
    }
    return latest;
  }

  Layout<Key> layout_;
  Account& account_;
  Counted<int64_t> starts_;
  Counted<Partner> partners_;
};

}  // namespace scaleinv::homology
