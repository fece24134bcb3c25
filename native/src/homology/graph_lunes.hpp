// The critical simplices of a graph of ranked edges: lunes from lists of partners, or from a matrix of bits where that is
// no larger than the lists.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "homology/lune_cliques.hpp"

namespace scaleinv::homology {

// A lune's vertices are numbered, and their rows made when they are asked for. Edges vertex by vertex.
template <class Complex, class Visit>
class ListedLunes {
 public:
  using Key = typename Complex::Key;
  using Rank = typename Complex::Rank;

  ListedLunes(const Complex& complex, int32_t dimension, Visit& visit, Account& account)
      : complex_(complex),
        dimension_(dimension),
        visit_(visit),
        to_first_(account),
        places_(account),
        lune_(account),
        rows_(account),
        made_(account),
        cliques_(complex.layout(), dimension, *this, visit, account) {
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
          with_longest(partner.rank, partner.vertex);
        }
      }
      for (const auto& partner : complex_.partners(first)) {
        to_first_[partner.vertex] = no_edge;
      }
    }
  }

  int32_t words() const { return words_; }

  int32_t vertex(int32_t place) const { return lune_[place]; }

  const uint64_t* row(int32_t place) {
    uint64_t* row = rows_.data() + static_cast<std::size_t>(place) * static_cast<std::size_t>(words_);
    if (made_[place] == 0) {
      made_[place] = 1;
      std::fill(row, row + words_, 0);
      for (const auto& partner : complex_.partners(lune_[place])) {
        const int32_t other = places_[partner.vertex];
        if (other >= 0 && partner.rank < rank_) {
          add(row, other);
        }
      }
    }
    return row;
  }

 private:
  void with_longest(Rank rank, int32_t second) {
    rank_ = rank;
    if (dimension_ == 1) {
      if (is_lune_empty(second)) {
        visit_(static_cast<Key>(rank));
      }
      return;
    }
    lune_.clear();
    for (const auto& partner : complex_.partners(second)) {
      if (in_lune(partner)) {
        lune_.push_back(partner.vertex);
      }
    }
    // beside R without its largest vertex, that vertex and a larger one
    if (static_cast<int32_t>(lune_.size()) < dimension_) {
      return;
    }
    number();
    cliques_.with_longest(rank);
    for (const int32_t vertex : lune_) {
      places_[vertex] = -1;
    }
  }

  template <class Partner>
  bool in_lune(const Partner& partner) const {
    return std::max(to_first_[partner.vertex], partner.rank) < rank_;
  }

  bool is_lune_empty(int32_t second) const {
    const auto partners = complex_.partners(second);
    return std::none_of(partners.begin(), partners.end(), [&](const auto& partner) { return in_lune(partner); });
  }

  void number() {
    const std::size_t size = lune_.size();
    words_ = static_cast<int32_t>((size + 63) / 64);
    rows_.resize(size * static_cast<std::size_t>(words_));
    made_.assign(size, 0);
    uint64_t* whole = cliques_.lune();
    std::fill(whole, whole + words_, 0);
    for (std::size_t i = 0; i < size; i++) {
      places_[lune_[i]] = static_cast<int32_t>(i);
      add(whole, static_cast<int64_t>(i));
    }
  }

  const Complex& complex_;
  int32_t dimension_;
  Visit& visit_;
  Rank rank_ = 0;
  // (points): the ranks of the edges to the first end; the places of the lune's vertices
  Counted<Rank> to_first_;
  Counted<int32_t> places_;
  Counted<int32_t> lune_;
  int32_t words_ = 0;
  Counted<uint64_t> rows_;
  Counted<uint8_t> made_;
  LuneCliques<std::remove_cvref_t<decltype(std::declval<Complex>().layout())>, ListedLunes, Visit> cliques_;
};

// Edges in order, a row of bits for each vertex: points²/8 bytes.
template <class Complex, class Visit>
class BitLunes {
 public:
  using Key = typename Complex::Key;
  using Rank = typename Complex::Rank;

  BitLunes(const Complex& complex, int32_t dimension, Visit& visit, Account& account)
      : complex_(complex),
        dimension_(dimension),
        visit_(visit),
        words_((complex.layout().points() + 63) / 64),
        joined_(account),
        cliques_(complex.layout(), dimension, *this, visit, account) {
    joined_.assign(static_cast<std::size_t>(complex.layout().points()) * static_cast<std::size_t>(words_), 0);
  }

  static bool worth(int64_t points, int64_t edges) { return points * points / 8 <= 16 * edges; }

  void run() {
    for (Rank rank = 0; rank <= complex_.last(); rank++) {
      const Edge edge = complex_.layout().ends(rank);
      const uint64_t* a = row(edge.low);
      const uint64_t* b = row(edge.high);
      if (dimension_ == 1) {
        uint64_t any = 0;
        for (int32_t k = 0; k < words_ && any == 0; k++) {
          any = a[k] & b[k];
        }
        if (any == 0) {
          visit_(static_cast<Key>(rank));
        }
      } else {
        uint64_t* lune = cliques_.lune();
        uint64_t any = 0;
        for (int32_t k = 0; k < words_; k++) {
          lune[k] = a[k] & b[k];
          any |= lune[k];
        }
        if (any != 0) {
          cliques_.with_longest(rank);
        }
      }
      add(joined_.data() + int64_t{edge.low} * words_, edge.high);
      add(joined_.data() + int64_t{edge.high} * words_, edge.low);
    }
  }

  int32_t words() const { return words_; }

  int32_t vertex(int32_t place) const { return place; }

  const uint64_t* row(int32_t place) const { return joined_.data() + int64_t{place} * words_; }

 private:
  const Complex& complex_;
  int32_t dimension_;
  Visit& visit_;
  int32_t words_;
  Counted<uint64_t> joined_;
  LuneCliques<std::remove_cvref_t<decltype(std::declval<Complex>().layout())>, const BitLunes, Visit> cliques_;
};

}  // namespace scaleinv::homology
