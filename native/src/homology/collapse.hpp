// Edge collapse: a filtered graph with fewer edges and the same persistence diagrams, in every dimension.
//
// The edges are taken from the longest to the shortest. Where the rest of an edge's lune is joined to one of its
// vertices at all lengths from s to t, the clique complexes of the graph with and without that edge have the same
// homotopy type at each of them, so that the edge may appear at t instead of s (Glisse and Pritam, Swap, Shift and Trim
// to Edge Collapse a Filtration, 2022; Boissonnat and Pritam 2020). An edge that may appear after all others goes.
//
// Each step is the inclusion of one filtration in another that is a homotopy equivalence at every length, edges of
// equal length being there at once: the persistence modules are isomorphic, and with them the diagrams, which name
// lengths alone. Nothing is asked of the order among edges of equal length, and steps may be made in any order, as long
// as each is right for the filtration as it is then.
//
// Edges are decided in batches, against the filtration as it was before the batch, and raised in order. What others of
// the batch changed since is looked up where it concerns a vertex that dominates (only its own edges matter: a smaller
// lune stays dominated); an edge whose decision no longer holds is decided again. The batches depend on the input
// alone, so that the result is the same for any number of threads.
#pragma once

#include <cstdint>

#include "homology/edges.hpp"
#include "homology/request.hpp"

namespace scaleinv::homology {

// Whether one is begun: where it is asked for, and where it is left open from dimension 2 on.
bool may_collapse(int32_t dimension, int64_t flags);

// How many threads are worth being started.
int32_t collapse_threads(const Edges& edges, int32_t threads);

// Leaves the edges that a collapse leaves, in order, or all, where the request leaves it open and it is not expected to
// save more than it costs: the longest sixteenth of the edges loses less than a twentieth. Whether it did.
bool collapse(Edges& edges, const Request& request, int32_t threads);

// What it is sure to allocate, beside the edges that are left.
int64_t collapse_bytes(int64_t points, int64_t edges);

}  // namespace scaleinv::homology
