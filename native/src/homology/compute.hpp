// From a filtration's edges to its diagrams.
#pragma once

#include <cstdint>

#include "homology/diagram.hpp"
#include "homology/edges.hpp"
#include "homology/given.hpp"
#include "homology/request.hpp"

namespace scaleinv::homology {

// dense: whether a matrix of ranks is worth its memory.
void compute(Edges edges, bool dense, const Given& given, const Request& request, Homology& homology);

// The index of an edge and its length fit into 64 bits.
constexpr int64_t most_measured_points = 131072;

// Dimensions 0 and 1, from distances (points, points) whose bits are ordered as they are, without a list of edges.
void compute_lengths(const float* distances, int32_t points, float threshold, const Request& request,
                     Homology& homology);

}  // namespace scaleinv::homology
