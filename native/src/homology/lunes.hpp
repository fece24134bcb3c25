// The critical simplices of a dense complex, edge by edge, on sets of vertices that are words of bits.
//
// Those with the longest edge e are cliques R of the edges before e within its lune. Of R without its largest vertex m,
// let C be the vertices larger than the rest of R and joined to all of it: m is in C, and σ is the upper half of an
// apparent pair where m is the largest of C, the lower half where some v > m of C is joined to m. So m is critical
// where it is not the largest of C and not joined to a larger one.
//
// A set C without a vertex that is not joined to its largest, t, has no critical m, and neither has any subset that
// further vertices of R leave: t is the largest of that as well, or in R and then the largest of it. On most edges that
// ends all at once.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "homology/complex.hpp"
#include "workers.hpp"

namespace scaleinv::homology {

template <class Layout>
class Lunes {
 public:
  using Key = typename Layout::Key;

  // apparent: whether critical simplices are wanted, not all
  Lunes(const Layout& layout, int32_t dimension, bool apparent, Account& account)
      : layout_(layout),
        dimension_(dimension),
        apparent_(apparent),
        words_((layout.points() + 63) / 64),
        joined_(static_cast<std::size_t>(words_) * layout.points(), 0, account),
        sets_(static_cast<std::size_t>(words_) * (dimension + 1), 0, account) {}

  // Edges come in their order; what is wanted of one comes before it joins the others.
  void join(Edge edge) {
    row(edge.low)[edge.high >> 6] |= uint64_t{1} << (edge.high & 63);
    row(edge.high)[edge.low >> 6] |= uint64_t{1} << (edge.low & 63);
  }

  template <class Visit>
  void with_longest(uint32_t rank, Visit&& visit) {
    rank_ = rank;
    const Edge edge = layout_.ends(rank);
    uint64_t* lune = set(0);
    const int32_t words = both(row(edge.low), row(edge.high), words_, lune);
    if (dimension_ == 1) {
      if (!apparent_ || words == 0) {
        visit(Key{rank});
      }
    } else if (words > 0) {
      descend(0, words, visit);
    }
  }

 private:
  uint64_t* row(int32_t vertex) { return joined_.data() + static_cast<std::size_t>(vertex) * words_; }

  uint64_t* set(int32_t depth) { return sets_.data() + static_cast<std::size_t>(depth) * words_; }

  // How many words the set has up to its last one that is not 0.
  static int32_t both(const uint64_t* a, const uint64_t* b, int32_t words, uint64_t* set) {
    int32_t end = 0;
    for (int32_t i = 0; i < words; i++) {
      set[i] = a[i] & b[i];
      end = set[i] != 0 ? i + 1 : end;
    }
    return end;
  }

  static int32_t largest(const uint64_t* set, int32_t words) {
    return 64 * words - 1 - std::countl_zero(set[words - 1]);
  }

  // The vertices of a set below its largest that are not joined to that, as a set. How many words it has.
  int32_t apart(const uint64_t* candidates, int32_t words, int32_t top, uint64_t* open) {
    const uint64_t* around = row(top);
    int32_t end = 0;
    for (int32_t i = 0; i < words; i++) {
      open[i] = candidates[i] & ~around[i];
      if (i == top >> 6) {
        open[i] &= ~(uint64_t{1} << (top & 63));
      }
      end = open[i] != 0 ? i + 1 : end;
    }
    return end;
  }

  // The set at this depth: vertices joined to all of the `depth` chosen ones and larger. It is not empty.
  template <class Visit>
  void descend(int32_t depth, int32_t words, Visit&& visit) {
    uint64_t* candidates = set(depth);
    uint64_t* open = set(depth + 1);
    int32_t last = largest(candidates, words);
    if (apparent_) {
      const int32_t left = apart(candidates, words, last, open);
      if (left == 0) {
        return;
      }
      if (depth == dimension_ - 2) {
        local_tops(candidates, words, open, left, visit);
        return;
      }
      // R holds a vertex that is not joined to the largest
      last = largest(open, left);
    } else if (depth == dimension_ - 2) {
      each(candidates, words, last, [&](int32_t vertex) { visit(key(vertex)); });
      return;
    }
    each(candidates, words, last, [&](int32_t vertex) {
      uint64_t* joined = set(depth + 1);
      int32_t end = both(candidates, row(vertex), words, joined);
      const int32_t word = vertex >> 6;
      for (int32_t i = 0; i < word; i++) {
        joined[i] = 0;
      }
      joined[word] &= ~uint64_t{0} << 1 << (vertex & 63);
      if (end == word + 1 && joined[word] == 0) {
        end = 0;
      }
      if (end > word) {
        chosen_[depth] = vertex;
        descend(depth + 1, end, visit);
      }
    });
  }

  // Vertices of the set in ascending order, up to `last`.
  template <class Visit>
  static void each(const uint64_t* set, int32_t words, int32_t last, Visit&& visit) {
    for (int32_t i = 0; i < words && 64 * i <= last; i++) {
      for (uint64_t left = set[i]; left != 0; left &= left - 1) {
        const int32_t vertex = 64 * i + std::countr_zero(left);
        if (vertex > last) {
          return;
        }
        visit(vertex);
      }
    }
  }

  // The vertices that are joined to no larger one of the set; open: those not joined to the largest.
  template <class Visit>
  void local_tops(const uint64_t* candidates, int32_t words, uint64_t* open, int32_t left, Visit&& visit) {
    int32_t vertex = largest(candidates, words);
    while (left > 0) {
      vertex = below(candidates, vertex);
      const uint64_t bit = uint64_t{1} << (vertex & 63);
      if ((open[vertex >> 6] & bit) != 0) {
        open[vertex >> 6] &= ~bit;
        visit(key(vertex));
      }
      const uint64_t* around = row(vertex);
      int32_t end = 0;
      for (int32_t i = 0; i < left; i++) {
        open[i] &= ~around[i];
        end = open[i] != 0 ? i + 1 : end;
      }
      left = end;
    }
  }

  // The next smaller vertex of the set, which has one.
  static int32_t below(const uint64_t* set, int32_t vertex) {
    int32_t word = vertex >> 6;
    uint64_t left = set[word] & ((uint64_t{1} << (vertex & 63)) - 1);
    while (left == 0) {
      left = set[--word];
    }
    return 64 * word + 63 - std::countl_zero(left);
  }

  Key key(int32_t largest) const {
    Key packed = layout_.with(Key{rank_}, largest);
    for (int32_t i = dimension_ - 3; i >= 0; i--) {
      packed = layout_.with(packed, chosen_[i]);
    }
    return packed;
  }

  const Layout& layout_;
  int32_t dimension_;
  bool apparent_;
  int32_t words_;
  uint32_t rank_ = 0;
  // (points, words): the edges before the one in question
  Counted<uint64_t> joined_;
  Counted<uint64_t> sets_;
  int32_t chosen_[most_vertices];
};

// The critical simplices of a dimension, or all: visit(key). points²/8 bytes a thread.
template <class Layout, class Visit>
void visit_by_bits(const Layout& layout, int32_t dimension, bool apparent, int32_t threads, Account& account,
                   Visit&& visit) {
  using Key = typename Layout::Key;
  const uint32_t edges = layout.order().list().size();
  const auto parts = static_cast<uint32_t>(std::min<int64_t>(threads, edges / 4096 + 1));
  std::vector<Counted<Key>> found(parts, Counted<Key>(account));
  for_each_task(parts, threads, [&](int64_t part) {
    Lunes<Layout> lunes(layout, dimension, apparent, account);
    // later edges have larger lunes
    const auto from = static_cast<uint32_t>(edges * std::sqrt(static_cast<double>(part) / parts));
    const auto to = static_cast<uint32_t>(edges * std::sqrt(static_cast<double>(part + 1) / parts));
    for (uint32_t rank = 0; rank < from; rank++) {
      lunes.join(layout.ends(rank));
    }
    for (uint32_t rank = from; rank < to; rank++) {
      lunes.with_longest(rank, [&](Key key) { part == 0 ? visit(key) : found[part].push_back(key); });
      lunes.join(layout.ends(rank));
    }
  });
  for (Counted<Key>& keys : found) {
    for (const Key key : keys) {
      visit(key);
    }
    Counted<Key>(account).swap(keys);
  }
}

}  // namespace scaleinv::homology
