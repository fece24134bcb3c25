// The critical simplices of a graph with one longest edge, from rows of bits.
//
// Those with the longest edge e are cliques R of the edges before e within its lune. Of R without its largest vertex m,
// let C be the vertices larger than the rest of R and joined to all of it: the simplex is the upper half of an apparent
// pair where m is the largest of C, the lower half where some v > m of C is joined to m. Going down from the largest of
// C, a few rows leave nothing that is not joined to a larger vertex.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "homology/account.hpp"
#include "homology/simplex.hpp"

namespace scaleinv::homology {

inline void add(uint64_t* set, int64_t place) { set[place / 64] |= uint64_t{1} << (place % 64); }

// Rows give places to the vertices that a lune may have, ascending:
//
//   int32_t words() const;                 // of 64 places
//   const uint64_t* row(int32_t place);    // the places joined to one by an edge before the longest
//   int32_t vertex(int32_t place) const;   // at a place
//
// visit(key).
template <class Layout, class Rows, class Visit>
class LuneCliques {
 public:
  using Key = typename Layout::Key;
  using Rank = typename Layout::Rank;

  // dimension: 2 or more. apparent: whether critical simplices are wanted, not all.
  LuneCliques(const Layout& layout, int32_t dimension, bool apparent, Rows& rows, Visit& visit, Account& account)
      : layout_(layout), dimension_(dimension), apparent_(apparent), rows_(rows), visit_(visit), sets_(account) {}

  // The set that the lune of the next edge is to be put into.
  uint64_t* lune() {
    words_ = rows_.words();
    // a set for each vertex that is chosen, and one to work with
    sets_.resize(static_cast<std::size_t>(dimension_) * static_cast<std::size_t>(words_));
    return set(0);
  }

  void with_longest(Rank rank) {
    rank_ = rank;
    descend(0);
  }

 private:
  uint64_t* set(int32_t chosen) { return sets_.data() + static_cast<std::size_t>(chosen) * words_; }

  // set(chosen): the vertices joined to all of the chosen ones and larger.
  void descend(int32_t chosen) {
    if (chosen == dimension_ - 2) {
      apparent_ ? leaves(chosen) : all(chosen);
      return;
    }
    const uint64_t* from = set(chosen);
    const int32_t last = apparent_ ? last_apart(from, set(chosen + 1)) : 64 * words_;
    for (int32_t k = 0; k < words_ && k * 64 <= last; k++) {
      for (uint64_t left = from[k]; left != 0; left &= left - 1) {
        const int32_t place = k * 64 + std::countr_zero(left);
        if (place > last) {
          return;
        }
        if (joined_above(place, from, set(chosen + 1))) {
          chosen_[chosen] = rows_.vertex(place);
          descend(chosen + 1);
        }
      }
    }
  }

  // The largest vertex of a set, other than its very largest, that is not joined to that; −1 where there is none. Then
  // no subset left by further vertices has one either: that vertex is its largest too, or was chosen.
  int32_t last_apart(const uint64_t* from, uint64_t* apart) {
    const int32_t largest = last(from);
    if (largest < 0) {
      return -1;
    }
    const uint64_t* joined = rows_.row(largest);
    for (int32_t k = 0; k < words_; k++) {
      apart[k] = from[k] & ~joined[k];
    }
    apart[largest / 64] &= ~(uint64_t{1} << (largest % 64));
    return last(apart);
  }

  int32_t last(const uint64_t* set) const {
    for (int32_t k = words_; k-- > 0;) {
      if (set[k] != 0) {
        return k * 64 + 63 - std::countl_zero(set[k]);
      }
    }
    return -1;
  }

  bool joined_above(int32_t place, const uint64_t* from, uint64_t* to) {
    const uint64_t* joined = rows_.row(place);
    const int32_t word = place / 64;
    std::fill(to, to + word, 0);
    to[word] = from[word] & joined[word] & (~uint64_t{0} << (place % 64) << 1);
    uint64_t any = to[word];
    for (int32_t k = word + 1; k < words_; k++) {
      to[k] = from[k] & joined[k];
      any |= to[k];
    }
    return any != 0;
  }

  void all(int32_t chosen) {
    const uint64_t* candidates = set(chosen);
    for (int32_t k = 0; k < words_; k++) {
      for (uint64_t left = candidates[k]; left != 0; left &= left - 1) {
        visit_(key(rows_.vertex(k * 64 + std::countr_zero(left)), chosen));
      }
    }
  }

  void leaves(int32_t chosen) {
    const uint64_t* candidates = set(chosen);
    uint64_t* alone = set(chosen + 1);
    std::copy(candidates, candidates + words_, alone);
    bool largest = true;
    for (int32_t k = words_; k-- > 0;) {
      for (uint64_t left = candidates[k]; left != 0;) {
        const int32_t bit = 63 - std::countl_zero(left);
        const int32_t place = k * 64 + bit;
        left ^= uint64_t{1} << bit;
        if ((alone[k] >> bit & 1) != 0 && !largest) {
          visit_(key(rows_.vertex(place), chosen));
        }
        largest = false;
        alone[k] &= ~(uint64_t{1} << bit);
        if (!leave_alone(rows_.row(place), alone, k)) {
          return;
        }
      }
    }
  }

  // Takes away what is joined; whether anything is left up to word k.
  static bool leave_alone(const uint64_t* joined, uint64_t* alone, int32_t k) {
    uint64_t any = 0;
    for (int32_t w = 0; w <= k; w++) {
      alone[w] &= ~joined[w];
      any |= alone[w];
    }
    return any != 0;
  }

  Key key(int32_t largest, int32_t chosen) const {
    Key packed = layout_.with(static_cast<Key>(rank_), largest);
    for (int32_t i = chosen; i-- > 0;) {
      packed = layout_.with(packed, chosen_[i]);
    }
    return packed;
  }

  const Layout& layout_;
  int32_t dimension_;
  bool apparent_;
  Rows& rows_;
  Visit& visit_;
  Rank rank_ = 0;
  int32_t words_ = 0;
  Counted<uint64_t> sets_;
  int32_t chosen_[most_vertices];
};

}  // namespace scaleinv::homology
