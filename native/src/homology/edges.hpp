// The edges of a filtration, in its order: by length, then by the index j(j − 1)/2 + i of {i < j}.
#pragma once

#include <cstdint>

#include "homology/account.hpp"

namespace scaleinv::homology {

// No edge has this rank: two points that are never joined, or a point and itself.
constexpr uint32_t no_edge = UINT32_MAX;

struct Edge {
  int32_t low;
  int32_t high;
};

// Edge number `rank` is the rank-th of the filtration, from 0.
struct Edges {
  explicit Edges(Account& account) : lengths(account), ends(account) {}

  uint32_t size() const { return static_cast<uint32_t>(ends.size()); }

  int32_t points = 0;
  // up to which edges were taken; +inf where all were
  float threshold = 0;
  Counted<float> lengths;
  Counted<Edge> ends;
};

// An edge that has no rank yet.
struct Candidate {
  float length;
  Edge ends;
};

// Edges in the order of the filtration, of any, or of such as come by index. What was found is lost.
Edges in_order(Counted<Candidate>& found, int64_t points, float threshold, Account& account);
Edges by_length(Counted<Candidate>& found, int64_t points, float threshold, Account& account);

// distances (points, points). Throws where they are none, naming the first entry. Whether their bits are ordered as they
// are: false where one is −0.
bool check_distances(const float* distances, int64_t points);

// How many pairs are joined within a threshold.
int64_t edges_within(const float* distances, int64_t points, float threshold);

// The smallest distance within which some point has all others; of no points 0.
float enclosing_radius(const float* distances, int64_t points);

Edges dense_edges(const float* distances, int32_t points, float threshold, Account& account);

// A graph as scaleinv_homology_sparse takes it. Throws where it is none, naming the first entry.
struct Graph {
  int64_t points;
  const int64_t* offsets;
  const int32_t* partners;
  const float* lengths;
};
void check_graph(const Graph& graph);
Edges graph_edges(const Graph& graph, float threshold, Account& account);

}  // namespace scaleinv::homology
