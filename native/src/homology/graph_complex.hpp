// A complex that never becomes dense: of every point its partners, ascending, with the ranks of their edges. 16 bytes
// an edge, and half as much more while it is made.
#pragma once

#include <algorithm>
#include <cstdint>

#include "homology/complex.hpp"
#include "homology/listed_lunes.hpp"
#include "homology/lunes.hpp"

namespace scaleinv::homology {

template <class KeyType>
class GraphComplex {
 public:
  using Key = KeyType;
  using Rank = uint32_t;
  using Simplex = SimplexOf<Rank>;

  struct Partner {
    int32_t vertex;
    Rank rank;
  };
  struct Partners {
    const Partner* first;
    const Partner* last;
    const Partner* begin() const { return first; }
    const Partner* end() const { return last; }
  };

  GraphComplex(const Edges& edges, Account& account)
      : layout_(RankedEdges(edges)), account_(account), starts_(account), partners_(account) {
    const int32_t points = edges.points;
    Counted<int64_t> later(account);
    later.assign(static_cast<std::size_t>(points) + 1, 0);
    starts_.assign(static_cast<std::size_t>(points) + 1, 0);
    for (const Edge& edge : edges.ends) {
      later[edge.low + 1]++;
      starts_[edge.low + 1]++;
      starts_[edge.high + 1]++;
    }
    for (int32_t i = 0; i < points; i++) {
      later[i + 1] += later[i];
      // a guard before and behind each point's partners
      starts_[i + 1] += starts_[i] + 2;
    }
    fill(edges, later);
  }

  const Layout<Key>& layout() const { return layout_; }

  Rank last() const { return layout_.order().list().size() - 1; }

  Partners partners(int32_t vertex) const {
    return {partners_.data() + starts_[vertex] + 1, partners_.data() + starts_[vertex + 1] - 1};
  }

  Rank rank(int32_t a, int32_t b) const {
    const Partners near = partners(a);
    const Partner* found = std::lower_bound(
        near.begin(), near.end(), b, [](const Partner& partner, int32_t vertex) { return partner.vertex < vertex; });
    // at worst the guard
    return found->vertex == b ? found->rank : no_edge;
  }

  template <class Visit>
  void neighbours(const Simplex& simplex, Rank from, Rank to, Visit&& visit) const {
    const Partner* others[most_vertices];
    const Partners fewest = split(simplex, others, [](const Partners& near) { return near.first; });
    const int32_t count = simplex.count - 1;
    for (const Partner& partner : fewest) {
      Rank longest = partner.rank;
      for (int32_t i = 0; i < count && longest <= to; i++) {
        const Partner* other = others[i];
        while (other->vertex < partner.vertex) {
          other++;
        }
        others[i] = other;
        longest = std::max(longest, other->vertex == partner.vertex ? other->rank : no_edge);
      }
      if (longest >= from && longest <= to) {
        visit(partner.vertex, longest);
      }
    }
  }

  Rank nearest(const Simplex& simplex, Rank from) const {
    Rank lowest = no_edge;
    neighbours(simplex, from, last(), [&](int32_t, Rank rank) { lowest = std::min(lowest, rank); });
    return lowest;
  }

  // An eighth of a percent of the edges at first.
  Rank shell(Rank from, int32_t number) const {
    const uint64_t step = (uint64_t{last()} / 1024 + 1) << std::min(number, 11);
    return static_cast<Rank>(std::min<uint64_t>(from + step, last()));
  }

  int32_t top(const Simplex& simplex, Rank below, int32_t above) const {
    const Partner* others[most_vertices];
    const Partners fewest = split(simplex, others, [](const Partners& near) { return near.last - 1; });
    const int32_t count = simplex.count - 1;
    for (const Partner* partner = fewest.last - 1; partner->vertex > above; partner--) {
      bool joined = partner->rank < below;
      for (int32_t i = 0; i < count && joined; i++) {
        const Partner* other = others[i];
        while (other->vertex > partner->vertex) {
          other--;
        }
        others[i] = other;
        joined = other->vertex == partner->vertex && other->rank < below;
      }
      if (joined) {
        return partner->vertex;
      }
    }
    return -1;
  }

  template <class Visit>
  void critical(int32_t dimension, bool apparent, int32_t threads, Visit&& visit) const {
    if (layout_.points() * int64_t{layout_.points()} <= 128 * int64_t{last()}) {
      visit_by_bits(layout_, dimension, apparent, threads, account_, visit);
    } else {
      visit_by_lists(*this, dimension, apparent, threads, account_, visit);
    }
  }

 private:
  // later: where each point's partners > itself begin in a list of their own. Two passes over points in order leave
  // every list in order, without comparing anything.
  void fill(const Edges& edges, const Counted<int64_t>& later) {
    const int32_t points = edges.points;
    Counted<Partner> halves(account_);
    Counted<int64_t> next(later);
    halves.resize(edges.size());
    for (Rank rank = 0; rank < edges.size(); rank++) {
      halves[next[edges.ends[rank].low]++] = {edges.ends[rank].high, rank};
    }
    partners_.resize(static_cast<std::size_t>(starts_[points]));
    std::copy(starts_.begin(), starts_.end(), next.begin());
    for (int32_t i = 0; i < points; i++) {
      partners_[next[i]++] = {-1, no_edge};
    }
    for (int32_t i = 0; i < points; i++) {
      for (int64_t at = later[i]; at < later[i + 1]; at++) {
        partners_[next[halves[at].vertex]++] = {i, halves[at].rank};
      }
    }
    for (int32_t j = 0; j < points; j++) {
      // only the partners < j stand here yet
      for (int64_t at = starts_[j] + 1; at < starts_[j + 1] && partners_[at].vertex < j && at < next[j]; at++) {
        const Partner partner = partners_[at];
        partners_[next[partner.vertex]++] = {j, partner.rank};
      }
    }
    for (int32_t i = 0; i < points; i++) {
      partners_[next[i]] = {INT32_MAX, no_edge};
    }
  }

  // The partners of the vertex with the fewest, and a place in those of each other vertex.
  template <class Place>
  Partners split(const Simplex& simplex, const Partner** others, Place&& place) const {
    Partners fewest = partners(simplex.vertices[0]);
    int32_t count = 0;
    for (int32_t i = 1; i < simplex.count; i++) {
      Partners next = partners(simplex.vertices[i]);
      if (next.last - next.first < fewest.last - fewest.first) {
        std::swap(next, fewest);
      }
      others[count++] = place(next);
    }
    return fewest;
  }

  Layout<Key> layout_;
  Account& account_;
  // (points + 1): where each point's guard stands
  Counted<int64_t> starts_;
  Counted<Partner> partners_;
};

}  // namespace scaleinv::homology
