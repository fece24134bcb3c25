// The critical simplices of a graph whose vertices have few partners each, edge by edge: the vertices of a lune are
// numbered, and their rows made when they are asked for.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "homology/lune_cliques.hpp"
#include "workers.hpp"

namespace scaleinv::homology {

template <class Complex, class Visit>
class ListedLunes {
 public:
  using Key = typename Complex::Key;
  using Rank = typename Complex::Rank;

  ListedLunes(const Complex& complex, int32_t dimension, bool apparent, Visit& visit, Account& account)
      : complex_(complex),
        dimension_(dimension),
        apparent_(apparent),
        visit_(visit),
        to_first_(account),
        places_(account),
        lune_(account),
        rows_(account),
        made_(account),
        cliques_(complex.layout(), dimension, apparent, *this, visit, account) {
    const auto points = static_cast<std::size_t>(complex.layout().points());
    to_first_.assign(points, no_edge);
    if (dimension > 1) {
      places_.assign(points, -1);
    }
  }

  // Edges whose first end is one of these vertices.
  void run(int32_t from, int32_t to) {
    for (int32_t first = from; first < to; first++) {
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
      if (!apparent_ || is_lune_empty(second)) {
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
    // R, and of a critical simplex a larger vertex
    if (static_cast<int32_t>(lune_.size()) < dimension_ - (apparent_ ? 0 : 1)) {
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
  bool apparent_;
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

// The critical simplices of a dimension, or all: visit(key). 8·points bytes a thread.
template <class Complex, class Visit>
void visit_by_lists(const Complex& complex, int32_t dimension, bool apparent, int32_t threads, Account& account,
                    Visit&& visit) {
  using Key = typename Complex::Key;
  const int64_t points = complex.layout().points();
  const int64_t parts = std::min<int64_t>(threads, complex.last() / 65536 + 1);
  std::vector<Counted<Key>> found(static_cast<std::size_t>(parts), Counted<Key>(account));
  for_each_task(parts, threads, [&](int64_t part) {
    const auto keep = [&](Key key) { part == 0 ? visit(key) : found[part].push_back(key); };
    ListedLunes<Complex, decltype(keep)> lunes(complex, dimension, apparent, keep, account);
    lunes.run(static_cast<int32_t>(points * part / parts), static_cast<int32_t>(points * (part + 1) / parts));
  });
  for (Counted<Key>& keys : found) {
    for (const Key key : keys) {
      visit(key);
    }
    Counted<Key>(account).swap(keys);
  }
}

}  // namespace scaleinv::homology
