// The critical simplices of a graph, edge by edge, from the edges among the vertices of a lune.
//
// Those with the longest edge e are cliques R of the edges before e within its lune. Of R without its largest vertex m,
// let C be the vertices larger than the rest of R and joined to all of it: the simplex is the upper half of an apparent
// pair where m is the largest of C, the lower half where some v > m of C is joined to m. The vertices of a lune are
// numbered, their edges before e are rows of bits, and a row is made when it is asked for: going down from the largest
// of C, a few rows leave nothing that is not joined to a larger vertex.
#pragma once

#include <algorithm>
#include <cstdint>

#include "homology/complex.hpp"

namespace scaleinv::homology {

template <class Complex, class Visit>
class LuneCliques {
 public:
  using Key = typename Complex::Key;
  using Rank = typename Complex::Rank;

  LuneCliques(const Complex& complex, int32_t dimension, Visit& visit, Account& account)
      : complex_(complex),
        dimension_(dimension),
        visit_(visit),
        to_first_(account),
        places_(account),
        lune_(account),
        rows_(account),
        made_(account),
        sets_(account) {
    const auto points = static_cast<std::size_t>(complex.layout().points());
    to_first_.assign(points, no_edge);
    if (dimension > 1) {
      places_.assign(points, -1);
    }
  }

  void run() {
    for (int32_t first = 0; first < complex_.layout().points(); first++) {
      for (const auto& partner : complex_.partners(first)) {
        to_first_[partner.vertex] = partner.rank;
      }
      for (const auto& partner : complex_.partners(first)) {
        if (partner.vertex > first) {
          rank_ = partner.rank;
          with_longest(partner.vertex);
        }
      }
      for (const auto& partner : complex_.partners(first)) {
        to_first_[partner.vertex] = no_edge;
      }
    }
  }

 private:
  void with_longest(int32_t second) {
    if (dimension_ == 1) {
      if (is_lune_empty(second)) {
        visit_(Key{rank_});
      }
      return;
    }
    lune_.clear();
    for (const auto& partner : complex_.partners(second)) {
      if (std::max(to_first_[partner.vertex], partner.rank) < rank_) {
        lune_.push_back(partner.vertex);
      }
    }
    // of one vertex more than the others of the simplex, the largest is joined or alone
    if (static_cast<int32_t>(lune_.size()) < dimension_) {
      return;
    }
    number();
    descend(0);
    for (const int32_t vertex : lune_) {
      places_[vertex] = -1;
    }
  }

  bool is_lune_empty(int32_t second) const {
    for (const auto& partner : complex_.partners(second)) {
      if (std::max(to_first_[partner.vertex], partner.rank) < rank_) {
        return false;
      }
    }
    return true;
  }

  void number() {
    const std::size_t size = lune_.size();
    words_ = static_cast<int32_t>((size + 63) / 64);
    rows_.resize(size * static_cast<std::size_t>(words_));
    made_.assign(size, 0);
    // a set for each vertex that is chosen, and one to work with
    sets_.assign(static_cast<std::size_t>(dimension_) * static_cast<std::size_t>(words_), 0);
    for (std::size_t i = 0; i < size; i++) {
      places_[lune_[i]] = static_cast<int32_t>(i);
      sets_[i / 64] |= uint64_t{1} << (i % 64);
    }
  }

  // The vertices of the lune that are joined to one of them.
  const uint64_t* row(int32_t place) {
    uint64_t* row = rows_.data() + static_cast<std::size_t>(place) * static_cast<std::size_t>(words_);
    if (made_[place] == 0) {
      made_[place] = 1;
      std::fill(row, row + words_, 0);
      for (const auto& partner : complex_.partners(lune_[place])) {
        const int32_t other = places_[partner.vertex];
        if (other >= 0 && partner.rank < rank_) {
          row[other / 64] |= uint64_t{1} << (other % 64);
        }
      }
    }
    return row;
  }

  uint64_t* set(int32_t chosen) { return sets_.data() + static_cast<std::size_t>(chosen) * words_; }

  // set(chosen): the vertices joined to all of the chosen ones and larger.
  void descend(int32_t chosen) {
    if (chosen == dimension_ - 2) {
      leaves(chosen);
      return;
    }
    const uint64_t* from = set(chosen);
    uint64_t* to = set(chosen + 1);
    for (int32_t k = 0; k < words_; k++) {
      for (uint64_t left = from[k]; left != 0; left &= left - 1) {
        const int32_t place = k * 64 + std::countr_zero(left);
        const uint64_t* joined = row(place);
        uint64_t any = 0;
        for (int32_t w = 0; w < words_; w++) {
          to[w] = w < k ? 0 : from[w] & joined[w] & (w > k ? ~uint64_t{0} : above(place));
          any |= to[w];
        }
        if (any != 0) {
          chosen_[chosen] = lune_[place];
          descend(chosen + 1);
        }
      }
    }
  }

  static uint64_t above(int32_t place) { return ~uint64_t{0} << (place % 64) << 1; }

  void leaves(int32_t chosen) {
    const uint64_t* candidates = set(chosen);
    uint64_t* alone = set(chosen + 1);
    std::copy(candidates, candidates + words_, alone);
    bool top = true;
    for (int32_t k = words_; k-- > 0;) {
      for (uint64_t left = candidates[k]; left != 0;) {
        const int32_t place = k * 64 + 63 - std::countl_zero(left);
        const uint64_t bit = uint64_t{1} << (place % 64);
        left ^= bit;
        if ((alone[k] & bit) != 0 && !top) {
          visit_(key(lune_[place], chosen));
        }
        top = false;
        alone[k] &= ~bit;
        if (!leave_alone(row(place), k)) {
          return;
        }
      }
    }
  }

  // Takes what is joined away; whether anything is left in the words up to k.
  bool leave_alone(const uint64_t* joined, int32_t k) {
    uint64_t* alone = set(dimension_ - 1);
    uint64_t any = 0;
    for (int32_t w = 0; w <= k; w++) {
      alone[w] &= ~joined[w];
      any |= alone[w];
    }
    return any != 0;
  }

  Key key(int32_t largest, int32_t chosen) const {
    Key packed = complex_.layout().with(Key{rank_}, largest);
    for (int32_t i = chosen; i-- > 0;) {
      packed = complex_.layout().with(packed, chosen_[i]);
    }
    return packed;
  }

  const Complex& complex_;
  int32_t dimension_;
  Visit& visit_;
  Rank rank_ = 0;
  // (points): the ranks of the edges to the first end; the numbers of the lune's vertices
  Counted<Rank> to_first_;
  Counted<int32_t> places_;
  Counted<int32_t> lune_;
  int32_t words_ = 0;
  Counted<uint64_t> rows_;
  Counted<uint8_t> made_;
  Counted<uint64_t> sets_;
  int32_t chosen_[most_vertices];
};

}  // namespace scaleinv::homology
