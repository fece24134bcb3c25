// The critical simplices of a complex, edge by edge.
//
// Those with the longest edge e are cliques R of the edges before e within its lune. Of R without its largest vertex m,
// let C be the vertices larger than the rest of R and joined to all of it: m is in C, and σ is the upper half of an
// apparent pair where m is the largest of C, the lower half where some v > m of C is joined to m.
#pragma once

#include <cstdint>

#include "homology/complex.hpp"

namespace scaleinv::homology {

template <class Complex, class Visit>
class Cliques {
 public:
  using Key = typename Complex::Key;

  Cliques(const Complex& complex, int32_t dimension, bool apparent, Visit& visit, Account& account)
      : complex_(complex), dimension_(dimension), apparent_(apparent), visit_(visit), lune_(account) {}

  void with_longest(uint32_t rank) {
    rank_ = rank;
    const Edge edge = complex_.layout().ends(rank);
    Simplex simplex;
    simplex.rank = rank;
    simplex.count = 2;
    simplex.vertices[0] = edge.high;
    simplex.vertices[1] = edge.low;
    lune_.clear();
    if (rank > 0) {
      complex_.neighbours(simplex, 0, rank - 1, [&](int32_t vertex, uint32_t) { lune_.push_back(vertex); });
    }
    if (dimension_ == 1) {
      if (!apparent_ || lune_.empty()) {
        visit_(Key{rank});
      }
      return;
    }
    std::sort(lune_.begin(), lune_.end());
    descend(lune_, 0);
  }

 private:
  // candidates: ascending, joined to all of the `chosen` vertices and larger
  void descend(const Counted<int32_t>& candidates, int32_t chosen) {
    if (candidates.empty()) {
      return;
    }
    if (chosen == dimension_ - 2) {
      leaves(candidates);
      return;
    }
    Counted<int32_t> joined(candidates.get_allocator());
    for (std::size_t i = 0; i < candidates.size(); i++) {
      joined.clear();
      for (std::size_t j = i + 1; j < candidates.size(); j++) {
        if (joins(candidates[i], candidates[j])) {
          joined.push_back(candidates[j]);
        }
      }
      chosen_[chosen] = candidates[i];
      descend(joined, chosen + 1);
    }
  }

  void leaves(const Counted<int32_t>& candidates) {
    for (std::size_t i = 0; i < candidates.size(); i++) {
      bool pairs = i + 1 == candidates.size();
      for (std::size_t j = candidates.size(); apparent_ && !pairs && --j > i;) {
        pairs = joins(candidates[i], candidates[j]);
      }
      if (!apparent_ || !pairs) {
        visit_(key(candidates[i]));
      }
    }
  }

  bool joins(int32_t a, int32_t b) const { return complex_.rank(a, b) < rank_; }

  Key key(int32_t largest) const {
    Key packed = complex_.layout().with(Key{rank_}, largest);
    for (int32_t i = dimension_ - 3; i >= 0; i--) {
      packed = complex_.layout().with(packed, chosen_[i]);
    }
    return packed;
  }

  const Complex& complex_;
  int32_t dimension_;
  bool apparent_;
  Visit& visit_;
  uint32_t rank_ = 0;
  Counted<int32_t> lune_;
  int32_t chosen_[most_vertices];
};

}  // namespace scaleinv::homology
