// From a filtration's edges to its diagrams.
#pragma once

#include <cstdint>

#include "homology/diagram.hpp"
#include "homology/edges.hpp"
#include "homology/request.hpp"

namespace scaleinv::homology {

// Critical simplices found elsewhere: of dimension k + 1 ≥ 1, counts[k] of k + 2 vertices each. Null: none are given.
struct Given {
  const int64_t* counts;
  const int32_t* vertices;
};

// dense: whether a matrix of ranks is worth its memory.
void compute(Edges edges, bool dense, const Given& given, const Request& request, Homology& homology);

}  // namespace scaleinv::homology
