// Dimension 0: Kruskal's algorithm on edges in the order of the filtration.
#pragma once

#include "homology/diagram.hpp"
#include "homology/edges.hpp"

namespace scaleinv::homology {

// Fills the diagram of dimension 0. Vertices are born in ascending order; where two components meet, the one whose first
// vertex is the later one ends. tree: the ranks of the edges that end one, ascending.
void find_components(const Edges& edges, bool representatives, Diagram& diagram, Counted<uint32_t>& tree);

}  // namespace scaleinv::homology
