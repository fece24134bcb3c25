// The reduction of the coboundary matrix of one dimension: persistent cohomology, columns from the last simplex to the
// first, the pivot of a column the first cofacet that is left in it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "homology/complex.hpp"
#include "homology/diagram.hpp"
#include "homology/pivots.hpp"
#include "homology/request.hpp"
#include "homology/working_column.hpp"

namespace scaleinv::homology {

template <class Complex, class Field>
class Reduction {
 public:
  using Key = typename Complex::Key;
  using Rank = typename Complex::Rank;
  using Simplex = typename Complex::Simplex;
  using Entry = typename Field::template Entry<Key>;
  using Keys = Counted<Key>;

  Reduction(const Complex& complex, const Field& field, const Request& request, int32_t dimension)
      : complex_(complex),
        field_(field),
        request_(request),
        dimension_(dimension),
        apparent_(!request.has(SCALEINV_HOMOLOGY_NO_APPARENT)),
        emergent_(!request.has(SCALEINV_HOMOLOGY_NO_EMERGENT)),
        lazy_(!request.has(SCALEINV_HOMOLOGY_NO_LAZY)),
        representatives_(request.has(SCALEINV_HOMOLOGY_REPRESENTATIVES)),
        pivots_(*request.account),
        columns_(*request.account),
        entries_(*request.account),
        chain_(*request.account),
        column_(field, *request.account) {}

  // columns: descending. known: whether a simplex ends a class of the dimension below.
  template <class Known>
  void reduce(const Keys& columns, Known&& known, Diagram& diagram, Figures& figures) {
    total_ = static_cast<int64_t>(columns.size());
    for (done_ = 0; done_ < total_; done_++) {
      request_.watch->tick(dimension_, done_, total_);
      reduce(columns[done_], known, diagram, figures);
    }
    figures.columns += total_;
  }

  const Pivots<Key>& pivots() const { return pivots_; }

 private:
  // A reduced column: which simplices make it up, in entries_, and the coefficient of its pivot.
  struct Column {
    int64_t from;
    int64_t to;
    uint32_t pivot;
  };

  template <class Known>
  void reduce(Key simplex, Known&& known, Diagram& diagram, Figures& figures) {
    chain_.assign(1, Field::entry(simplex, 1));
    shells_ = 0;
    reached_ = 0;
    const Simplex first = complex_.layout().simplex(simplex, dimension_);
    const Rank nearest = std::max(first.rank, complex_.nearest(first, 0));
    if (nearest > complex_.last()) {
      ended(simplex, known, diagram);
      return;
    }
    if (emergent_ && emerges(simplex, first, nearest, diagram)) {
      return;
    }
    column_.clear();
    reached_ = lazy_ ? complex_.shell(nearest, shells_++) : complex_.last();
    spread(first, 1, nearest, reached_, 0);
    Key pivot;
    uint32_t coefficient;
    while (next(&pivot, &coefficient)) {
      if (!eliminate(pivot, coefficient)) {
        pair(simplex, pivot, coefficient, diagram);
        return;
      }
      figures.additions++;
      request_.watch->tick(dimension_, done_, total_);
    }
    ended(simplex, known, diagram);
  }

  template <class Known>
  void ended(Key simplex, Known&& known, Diagram& diagram) {
    if (!known(simplex)) {
      tidy();
      record(simplex, nullptr, diagram);
    }
  }

  // Pairs a simplex with its lowest cofacet, where that is no other column's pivot, before anything is added up. nearest:
  // the lowest rank of its cofacets, or lower.
  bool emerges(Key key, const Simplex& simplex, Rank nearest, Diagram& diagram) {
    const Cofacets cofacets(complex_.layout(), simplex);
    Key lowest = ~Key{0};
    int32_t added = -1;
    complex_.neighbours(simplex, nearest == simplex.rank ? 0 : nearest, nearest, [&](int32_t vertex, Rank rank) {
      const Key cofacet = cofacets.key(vertex, rank);
      if (cofacet < lowest) {
        lowest = cofacet;
        added = vertex;
      }
    });
    Key facet;
    int32_t largest;
    if (added < 0 || pivots_.find(lowest) >= 0 ||
        (apparent_ && apparent_facet(complex_, lowest, dimension_ + 1, &facet, &largest))) {
      return false;
    }
    pair(key, lowest, cofacets.smaller(added) % 2 != 0 ? field_.negate(1) : 1, diagram);
    return true;
  }

  // The lowest cofacet that is left; enumerates coboundaries farther until there is one.
  bool next(Key* pivot, uint32_t* coefficient) {
    while (!column_.pop(pivot, coefficient)) {
      if (reached_ == complex_.last()) {
        return false;
      }
      tidy();
      Rank nearest = complex_.last() + 1;
      for (const Entry& entry : chain_) {
        nearest = std::min(nearest, complex_.nearest(simplex(entry), reached_ + 1));
      }
      if (nearest > complex_.last()) {
        return false;
      }
      reached_ = complex_.shell(nearest, shells_++);
      for (const Entry& entry : chain_) {
        spread(simplex(entry), Field::coefficient(entry), nearest, reached_, 0);
      }
    }
    return true;
  }

  // Adds what takes the pivot away; false where nothing does.
  bool eliminate(Key pivot, uint32_t coefficient) {
    const int64_t found = pivots_.find(pivot);
    if (found >= 0) {
      const Column& other = columns_[found];
      const uint32_t scale = field_.negate(field_.multiply(coefficient, field_.inverse(other.pivot)));
      for (int64_t i = other.from; i < other.to; i++) {
        add(entries_[i].key, field_.multiply(scale, Field::coefficient(entries_[i])), pivot);
      }
      return true;
    }
    Key facet;
    int32_t added;
    if (apparent_ && apparent_facet(complex_, pivot, dimension_ + 1, &facet, &added)) {
      const Simplex simplex = complex_.layout().simplex(facet, dimension_);
      const bool odd = Cofacets(complex_.layout(), simplex).smaller(added) % 2 != 0;
      add(facet, odd ? coefficient : field_.negate(coefficient), pivot);
      return true;
    }
    return false;
  }

  // Adds a simplex to the chain. The chain that it belongs to takes `pivot` away and has nothing below it, so that only
  // what lies behind is added.
  void add(Key key, uint32_t coefficient, Key pivot) {
    chain_.push_back(Field::entry(key, coefficient));
    const Simplex simplex = complex_.layout().simplex(key, dimension_);
    spread(simplex, coefficient, complex_.layout().rank(pivot, dimension_ + 1), reached_, pivot);
  }

  // Adds the cofacets with longest edges from … to that lie behind a key.
  void spread(const Simplex& simplex, uint32_t coefficient, Rank from, Rank to, Key behind) {
    const Cofacets cofacets(complex_.layout(), simplex);
    complex_.neighbours(simplex, from <= simplex.rank ? 0 : from, to, [&](int32_t vertex, Rank rank) {
      const Key key = cofacets.key(vertex, rank);
      if (key > behind) {
        const bool odd = Field::signs && cofacets.smaller(vertex) % 2 != 0;
        column_.push(key, odd ? field_.negate(coefficient) : coefficient);
      }
    });
  }

  Simplex simplex(const Entry& entry) const { return complex_.layout().simplex(entry.key, dimension_); }

  void pair(Key simplex, Key pivot, uint32_t coefficient, Diagram& diagram) {
    tidy();
    const int64_t from = static_cast<int64_t>(entries_.size());
    entries_.insert(entries_.end(), chain_.begin(), chain_.end());
    pivots_.insert(pivot, static_cast<int64_t>(columns_.size()));
    columns_.push_back({from, static_cast<int64_t>(entries_.size()), coefficient});
    record(simplex, &pivot, diagram);
  }

  // Every simplex of the chain once.
  void tidy() {
    std::sort(chain_.begin(), chain_.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < chain_.size();) {
      const Key key = chain_[i].key;
      uint32_t sum = 0;
      for (; i < chain_.size() && chain_[i].key == key; i++) {
        sum = field_.add(sum, Field::coefficient(chain_[i]));
      }
      if (sum != 0) {
        chain_[kept++] = Field::entry(key, sum);
      }
    }
    chain_.erase(chain_.begin() + static_cast<std::ptrdiff_t>(kept), chain_.end());
  }

  void record(Key simplex, const Key* pivot, Diagram& diagram) {
    const auto& layout = complex_.layout();
    const float birth = layout.length(layout.rank(simplex, dimension_));
    const float death = pivot == nullptr ? std::numeric_limits<float>::infinity()
                                         : layout.length(layout.rank(*pivot, dimension_ + 1));
    if (birth == death) {
      return;
    }
    // columns come from the last simplex to the first
    diagram.pairs.push_back({birth, death, -static_cast<int64_t>(diagram.pairs.size())});
    if (!representatives_) {
      return;
    }
    append(layout.simplex(simplex, dimension_), diagram.births);
    if (pivot == nullptr) {
      diagram.deaths.insert(diagram.deaths.end(), static_cast<std::size_t>(dimension_) + 2, -1);
    } else {
      append(layout.simplex(*pivot, dimension_ + 1), diagram.deaths);
    }
    for (const Entry& entry : chain_) {
      if (layout.length(layout.rank(entry.key, dimension_)) < death) {
        append(layout.simplex(entry.key, dimension_), diagram.simplices);
        diagram.coefficients.push_back(static_cast<int32_t>(Field::coefficient(entry)));
      }
    }
    diagram.offsets.push_back(static_cast<int64_t>(diagram.coefficients.size()));
  }

  static void append(const Simplex& simplex, Counted<int32_t>& to) {
    for (int32_t i = simplex.count; i-- > 0;) {
      to.push_back(simplex.vertices[i]);
    }
  }

  const Complex& complex_;
  const Field& field_;
  const Request& request_;
  int32_t dimension_;
  bool apparent_;
  bool emergent_;
  bool lazy_;
  bool representatives_;
  Pivots<Key> pivots_;
  Counted<Column> columns_;
  Counted<Entry> entries_;
  // the simplices whose coboundaries add up to the working column
  Counted<Entry> chain_;
  // the rank up to which the coboundaries of the chain stand in the column, and how often that grew
  Rank reached_ = 0;
  int32_t shells_ = 0;
  int64_t done_ = 0;
  int64_t total_ = 0;
  WorkingColumn<Key, Field> column_;
};

}  // namespace scaleinv::homology
