// How far the length of an edge can be raised while no homology changes: the inner loops of the edge collapse, compiled
// once for each instruction set.
//
// Lengths are kept as the bits of floats that are not negative, which are ordered as the floats are. In the graph of
// the edges of length ≤ s, an edge {u, v} is dominated by w where w and the whole lune of u and v, the vertices joined
// to both, are joined to w; then the clique complex keeps its homotopy type without the edge. With reach(x) = max(s,
// |ux|, |vx|), w dominates from s on until the first reach(x) below |wx|.
#pragma once

#include <cstdint>

namespace scaleinv::homology {

// The bits of +inf.
constexpr int32_t never = 0x7f800000;

// A vertex that dominates an edge, and the length from which it no longer does.
struct Domination {
  int32_t vertex;
  int32_t until;
};

// An edge is raised by so many vertices, one after the other; then it stays where it is.
constexpr int32_t most_dominations = 16;

struct Decision {
  // what the length may be raised to; never: the edge may go
  int32_t until;
  int32_t count;
  Domination chain[most_dominations];
};

struct WeightedEdge {
  int32_t first;
  int32_t second;
  int32_t length;
};

// Row i of lengths (points, width): to each point, 0 to itself, `never` where there is no edge and behind the last
// point. Row i of joined (points, width / 64): a bit for each point that may be within the length of the edges in
// question, and for itself. width: a multiple of 128.
struct DenseRows {
  int32_t points;
  int64_t width;
  int32_t* lengths;
  uint64_t* joined;
};

struct DenseScratch {
  // (width)
  int32_t* reach;
  // (width / 64)
  uint64_t* lune;
  uint64_t* candidates;
};

struct Neighbour {
  int32_t vertex;
  int32_t length;
};

// Vertex i has degrees[i] neighbours from neighbours[starts[i]] on, in any order.
struct NeighbourLists {
  int32_t points;
  int64_t* starts;
  int32_t* degrees;
  Neighbour* neighbours;
};

// (points): to_first is `never`, place 0 between two calls. The others hold 17 more than the largest degree.
struct NeighbourScratch {
  int32_t* to_first;
  int32_t* place;
  int32_t* vertices;
  int32_t* least;
  int32_t* reach;
  int32_t* row;
  int32_t* candidates;
};

// likely: a vertex worth being tried first, or −1; becomes the one that let this edge go.
using DecideDense = void(const DenseRows& rows, const DenseScratch& scratch, const WeightedEdge& edge, int32_t* likely,
                         Decision* decision);
using DecideSparse = void(const NeighbourLists& lists, const NeighbourScratch& scratch, const WeightedEdge& edge,
                          Decision* decision);

DecideDense dense_collapse_baseline;
DecideDense dense_collapse_avx2;
DecideDense dense_collapse_avx512;
DecideSparse sparse_collapse_baseline;
DecideSparse sparse_collapse_avx2;
DecideSparse sparse_collapse_avx512;

}  // namespace scaleinv::homology
