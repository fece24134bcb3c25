// Critical simplices that were found elsewhere, by a GPU.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>

#include "homology/complex.hpp"
#include "status.hpp"

namespace scaleinv::homology {

// Of dimension k + 1 ≥ 1, counts[k] of k + 2 vertices each, dimension behind dimension. Null: none are given.
struct Given {
  const int64_t* counts;
  const int32_t* vertices;
};

[[noreturn]] inline void refuse_given(int32_t dimension, int64_t at, const std::string& what) {
  throw Failure(SCALEINV_INVALID_ARGUMENT, "critical simplex " + std::to_string(at) + " of dimension " +
                                               std::to_string(dimension) + ": " + what);
}

// The key of a simplex given by its vertices, the `at`-th of its dimension.
template <class Complex>
typename Complex::Key given_key(const Complex& complex, const int32_t* given, int32_t dimension, int64_t at) {
  int32_t vertices[most_vertices];
  std::copy(given, given + dimension + 1, vertices);
  std::sort(vertices, vertices + dimension + 1, std::greater<>());
  const int32_t points = complex.layout().points();
  typename Complex::Rank longest = 0;
  for (int32_t i = 0; i <= dimension; i++) {
    if (vertices[i] < 0 || vertices[i] >= points) {
      refuse_given(dimension, at, "vertex " + std::to_string(vertices[i]) + " of " + std::to_string(points));
    }
    for (int32_t j = 0; j < i; j++) {
      const auto rank = vertices[i] == vertices[j] ? no_edge : complex.rank(vertices[i], vertices[j]);
      if (rank > complex.last()) {
        refuse_given(dimension, at,
               std::to_string(vertices[i]) + " and " + std::to_string(vertices[j]) + " are not joined");
      }
      longest = std::max(longest, rank);
    }
  }
  auto packed = static_cast<typename Complex::Key>(longest);
  const Edge edge = complex.layout().ends(longest);
  for (int32_t i = 0; i <= dimension; i++) {
    if (vertices[i] != edge.low && vertices[i] != edge.high) {
      packed = complex.layout().with(packed, vertices[i]);
    }
  }
  return packed;
}

}  // namespace scaleinv::homology
