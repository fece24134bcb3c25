// Dimension 0 of dense distances: Prim's algorithm, which needs no list of the edges.
#pragma once

#include "homology/edges.hpp"

namespace scaleinv::homology {

// The edges of the minimum spanning tree within the threshold, in their order: those that end components. n² steps.
Edges spanning_tree(const float* distances, int32_t points, float threshold, Account& account);

}  // namespace scaleinv::homology
