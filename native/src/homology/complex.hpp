// What the reduction asks of a complex, and what follows from that.
//
// A complex C with keys of type Key (uint64_t, or Wide where simplices do not fit), whose edges are ordered by numbers of
// type Rank, offers, for any number of threads at once:
//
//   using Key, Rank, Simplex;                       // Simplex is SimplexOf<Rank>
//   const Layout<Key, …>& layout() const;           // and with it the ends and lengths of edges
//   Rank last() const;                              // no edge has a higher rank
//   Rank rank(int32_t a, int32_t b) const;          // of the edge {a, b}; higher than last() where there is none
//
//   // Every vertex v outside the simplex that is joined to all of it, where the last of those edges has a rank from
//   // `from` to `to`, both included: visit(v, rank). In any order.
//   template <class Visit>
//   void neighbours(const Simplex& simplex, Rank from, Rank to, Visit&& visit) const;
//
//   // A rank not higher than any such one from `from` on, as high as is quickly told; higher than last() where there is
//   // none.
//   Rank nearest(const Simplex& simplex, Rank from) const;
//
//   // The rank up to which a coboundary is enumerated at one time, the first of whose simplices may have the rank
//   // `from`; the shells 0, 1, 2, … of one column grow.
//   Rank shell(Rank from, int32_t number) const;
//
//   // The largest v > above whose edges to all of the simplex are before the edge of rank below; −1 where there is none.
//   int32_t top(const Simplex& simplex, Rank below, int32_t above) const;
//
//   // The critical simplices of a dimension ≥ 1, or all of them where apparent pairs are not wanted: visit(key), in any
//   // order, on the calling thread.
//   template <class Visit>
//   void critical(int32_t dimension, bool apparent, int32_t threads, Visit&& visit) const;
#pragma once

#include <cstdint>

#include "homology/simplex.hpp"

namespace scaleinv::homology {

// The lower half σ of the apparent pair (σ, τ) whose upper half this simplex τ of dimension ≥ 2 is.
template <class Complex>
bool apparent_facet(const Complex& complex, typename Complex::Key cofacet, int32_t dimension,
                    typename Complex::Key* facet, int32_t* added) {
  const auto& layout = complex.layout();
  const int32_t largest = layout.largest(cofacet, dimension);
  const auto whole = layout.simplex(cofacet, dimension);
  const Edge edge = layout.ends(whole.rank);
  typename Complex::Simplex rest;
  rest.rank = whole.rank;
  rest.count = 0;
  auto packed = static_cast<typename Complex::Key>(whole.rank);
  for (int32_t i = 0; i < whole.count; i++) {
    const int32_t vertex = whole.vertices[i];
    if (vertex != largest) {
      rest.vertices[rest.count++] = vertex;
      if (vertex != edge.low && vertex != edge.high) {
        packed = layout.with(packed, vertex);
      }
    }
  }
  if (complex.top(rest, whole.rank, largest) >= 0) {
    return false;
  }
  *facet = packed;
  *added = largest;
  return true;
}

}  // namespace scaleinv::homology
