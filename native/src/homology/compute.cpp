#include "homology/compute.hpp"

#include <algorithm>
#include <string>

#include "homology/collapse.hpp"
#include "homology/components.hpp"
#include "homology/computation.hpp"
#include "homology/dense_complex.hpp"
#include "homology/graph_complex.hpp"
#include "homology/length_complex.hpp"
#include "homology/spanning_tree.hpp"

namespace scaleinv::homology {
namespace {

template <class Key>
void with_key(const Edges& edges, bool dense, const Given& given, const Request& request, Homology& homology,
              const Counted<uint32_t>& tree, int32_t dimensions) {
  if (dense) {
    reduce_complex(DenseComplex<Key>(edges, *request.account), given, request, homology, tree, dimensions);
  } else {
    reduce_complex(GraphComplex<Key>(edges, *request.account), given, request, homology, tree, dimensions);
  }
}

// edges: the spanning tree
template <class Key>
void with_lengths(const float* distances, const Edges& edges, const Request& request, Homology& homology) {
  const LengthComplex<Key> complex(distances, edges.points, edges.threshold, *request.account);
  Counted<uint64_t> tree(*request.account);
  for (const Edge& edge : edges.ends) {
    tree.push_back(complex.rank(edge.low, edge.high));
  }
  reduce_complex(complex, {nullptr, nullptr}, request, homology, tree, 1);
}

void begin(float threshold, int64_t edges, const Request& request, Homology& homology) {
  homology.figures.edges = edges;
  homology.threshold = threshold;
  homology.modulus = request.modulus;
  homology.representatives = request.has(SCALEINV_HOMOLOGY_REPRESENTATIVES);
  for (int32_t dimension = 0; dimension <= request.dimension; dimension++) {
    homology.diagrams.emplace_back(dimension, homology.account);
  }
  request.watch->say(-1, 0, 0);
}

void finish(Homology& homology) {
  for (Diagram& diagram : homology.diagrams) {
    diagram.sort(homology.representatives);
  }
}

}  // namespace

void compute(Edges edges, bool dense, const Given& given, const Request& request, Homology& homology) {
  begin(edges.threshold, edges.size(), request, homology);
  if (given.counts == nullptr && may_collapse(request.dimension, request.flags) &&
      collapse(edges, request, collapse_threads(edges, request.threads))) {
    homology.figures.collapsed = edges.size();
    // rows of ranks are read faster than lists where a few in a hundred pairs are edges
    dense = dense && int64_t{edges.points} * edges.points <= 32 * int64_t{edges.size()};
  }
  Counted<uint32_t> tree(*request.account);
  find_components(edges, homology.representatives, homology.diagrams[0], tree);
  // n points have simplices up to dimension n − 1
  const int32_t dimensions = std::min(request.dimension, edges.points - 1);
  if (dimensions >= 1 && edges.size() > 0) {
    if (Layout<uint64_t>::holds(edges.points, edges.size(), dimensions + 1)) {
      with_key<uint64_t>(edges, dense, given, request, homology, tree, dimensions);
    } else if (Layout<Wide>::holds(edges.points, edges.size(), dimensions + 1)) {
      with_key<Wide>(edges, dense, given, request, homology, tree, dimensions);
    } else {
      throw Failure(SCALEINV_INVALID_ARGUMENT, "simplices of dimension " + std::to_string(dimensions + 1) + " on " +
                                                   std::to_string(edges.points) + " points do not fit into 128 bits");
    }
  }
  finish(homology);
}

void compute_lengths(const float* distances, int32_t points, float threshold, const Request& request,
                     Homology& homology) {
  begin(threshold, edges_within(distances, points, threshold), request, homology);
  const Edges edges = spanning_tree(distances, points, threshold, *request.account);
  Counted<uint32_t> all(*request.account);
  find_components(edges, homology.representatives, homology.diagrams[0], all);
  if (request.dimension >= 1 && homology.figures.edges > 0) {
    if (MeasuredEdges::fits<uint64_t>(points)) {
      with_lengths<uint64_t>(distances, edges, request, homology);
    } else {
      with_lengths<Wide>(distances, edges, request, homology);
    }
  }
  finish(homology);
}

}  // namespace scaleinv::homology
