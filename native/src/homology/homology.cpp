// The C ABI of persistent homology.
#include "scaleinv_homology.h"

#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "homology/collapse.hpp"
#include "homology/compute.hpp"
#include "status.hpp"

namespace scaleinv::homology {
namespace {

constexpr int64_t all_flags = 255;
constexpr int32_t largest_modulus = 32749;
// a diagram each
constexpr int32_t largest_dimension = INT16_MAX;

bool prime(int32_t number) {
  if (number < 2) {
    return false;
  }
  for (int32_t factor = 2; factor * factor <= number; factor++) {
    if (number % factor == 0) {
      return false;
    }
  }
  return true;
}

void check(const Request& request) {
  const auto refuse = [](const std::string& what) { throw Failure(SCALEINV_INVALID_ARGUMENT, what); };
  if (request.dimension < 0 || request.dimension > largest_dimension) {
    refuse("dimension is " + std::to_string(request.dimension) + ", expected 0 to " +
           std::to_string(largest_dimension));
  }
  if (!prime(request.modulus) || request.modulus > largest_modulus) {
    refuse("modulus is " + std::to_string(request.modulus) + ", expected a prime up to " +
           std::to_string(largest_modulus));
  }
  require(request.threads >= 1, "threads is below 1");
  require((request.flags & ~all_flags) == 0, "no such flag");
  require(!(request.threshold < 0), "the threshold is negative");
  const bool always = request.has(SCALEINV_HOMOLOGY_COLLAPSE);
  require(!(always && request.has(SCALEINV_HOMOLOGY_NO_COLLAPSE)), "edge collapse is asked for both always and never");
  require(!(always && request.has(SCALEINV_HOMOLOGY_REPRESENTATIVES)),
          "edge collapse is asked for with representatives, which it would lose");
}

void check_points(int64_t points) {
  require(points >= 0, "points is negative");
  require(points <= INT32_MAX, "more points than 2147483647");
}

// Whether dense distances are reduced as they are, without a list of edges.
bool by_length(int64_t points, int32_t dimension, int64_t flags) {
  return dimension <= 1 && (flags & SCALEINV_HOMOLOGY_COLLAPSE) == 0 && points < most_measured_points;
}

// Each of the amounts is in use at one time; what columns take is not known beforehand.
int64_t needed(int64_t points, int64_t edges, bool sparse, int32_t dimension, int64_t flags) {
  const auto each = static_cast<int64_t>(sizeof(float) + sizeof(Edge));
  if (edges > INT64_MAX / 64) {
    return INT64_MAX;
  }
  if (!sparse && by_length(points, dimension, flags)) {
    // while the spanning tree grows: a vertex and its nearest edge, and an edge of the tree
    return 24 * std::max<int64_t>(points - 1, 0);
  }
  const int64_t sorting = 2 * each * edges;
  if (may_collapse(dimension, flags)) {
    // a collapse is begun; how many edges it leaves to the rest is not known
    return std::max(sorting, each * edges + collapse_bytes(points, edges));
  }
  if (dimension == 0 || edges == 0) {
    return sorting;
  }
  if (sparse) {
    // partners twice, and once while they are put in order
    return std::max(sorting, each * edges + 24 * edges);
  }
  const int64_t pairs = points * points;
  const auto rank = static_cast<int64_t>(sizeof(uint32_t));
  return pairs > (INT64_MAX - each * edges) / rank ? INT64_MAX : std::max(sorting, each * edges + rank * pairs);
}

const Homology& of(const void* homology) {
  require(homology != nullptr, "homology is null");
  return *static_cast<const Homology*>(homology);
}

const Diagram& diagram(const void* homology, int32_t dimension) {
  const auto& diagrams = of(homology).diagrams;
  require(dimension >= 0 && dimension < static_cast<int32_t>(diagrams.size()), "no such dimension");
  return diagrams[dimension];
}

const Diagram& represented(const void* homology, int32_t dimension) {
  require(of(homology).representatives, "representatives were not asked for");
  return diagram(homology, dimension);
}

}  // namespace
}  // namespace scaleinv::homology

using namespace scaleinv;            // NOLINT
using namespace scaleinv::homology;  // NOLINT

int32_t scaleinv_homology_dense(const float* distances, int64_t points, const int64_t* critical_counts,
                                const int32_t* critical, int32_t dimension, int32_t modulus, float threshold,
                                int64_t flags, int64_t memory_limit, int32_t threads,
                                scaleinv_homology_progress* progress, void* context, void** homology) {
  return guarded([&] {
    require(homology != nullptr && (distances != nullptr || points == 0), "distances or homology is null");
    require((critical_counts == nullptr) == (critical == nullptr), "critical counts or simplices are null");
    require(critical == nullptr || !std::isnan(threshold), "critical simplices are given without a threshold");
    require(critical == nullptr || (flags & SCALEINV_HOMOLOGY_NO_APPARENT) == 0,
            "critical simplices are given without apparent pairs, of which they are what remains");
    require(memory_limit >= 0, "the memory limit is negative");
    check_points(points);
    auto result = std::make_unique<Homology>(memory_limit);
    Watch watch(progress, context);
    // a threshold of −0 is 0
    const Request request{dimension, modulus, threshold + 0.0f, flags, threads, &result->account, &watch};
    check(request);
    result->account.take(checked_product(points, points) * static_cast<int64_t>(sizeof(float)));
    for (int32_t k = 0; critical_counts != nullptr && k < dimension; k++) {
      require(critical_counts[k] >= 0, "a number of critical simplices is negative");
      result->account.take(checked_product(critical_counts[k], k + 2) * static_cast<int64_t>(sizeof(int32_t)));
    }
    const bool ordered = check_distances(distances, points);
    float longest = request.threshold;
    if (std::isnan(longest)) {
      longest = request.has(SCALEINV_HOMOLOGY_NO_ENCLOSING_RADIUS) ? INFINITY : enclosing_radius(distances, points);
    }
    if (ordered && critical == nullptr && by_length(points, dimension, flags)) {
      compute_lengths(distances, static_cast<int32_t>(points), longest, request, *result);
      *homology = result.release();
      return;
    }
    Edges edges = dense_edges(distances, static_cast<int32_t>(points), longest, result->account);
    // critical simplices are those of all edges
    const int64_t kept = critical == nullptr ? flags : flags | SCALEINV_HOMOLOGY_NO_COLLAPSE;
    result->account.require(needed(points, edges.size(), false, dimension, kept) -
                            static_cast<int64_t>(sizeof(float) + sizeof(Edge)) * edges.size());
    compute(std::move(edges), true, {critical_counts, critical}, request, *result);
    *homology = result.release();
  });
}

int32_t scaleinv_homology_sparse(int64_t points, const int64_t* offsets, const int32_t* partners, const float* lengths,
                                 int32_t dimension, int32_t modulus, float threshold, int64_t flags,
                                 int64_t memory_limit, int32_t threads, scaleinv_homology_progress* progress,
                                 void* context, void** homology) {
  return guarded([&] {
    require(homology != nullptr && offsets != nullptr, "offsets or homology is null");
    require(memory_limit >= 0, "the memory limit is negative");
    check_points(points);
    require((partners != nullptr && lengths != nullptr) || points == 0 || offsets[points] == 0,
            "partners or lengths is null");
    auto result = std::make_unique<Homology>(memory_limit);
    Watch watch(progress, context);
    // a threshold of −0 is 0
    const Request request{dimension, modulus, threshold + 0.0f, flags, threads, &result->account, &watch};
    check(request);
    const Graph graph{points, offsets, partners, lengths};
    check_graph(graph);
    const int64_t pairs = points == 0 ? 0 : offsets[points];
    result->account.take((points + 1) * static_cast<int64_t>(sizeof(int64_t)) + pairs * 8);
    Edges edges = graph_edges(graph, request.threshold, result->account);
    result->account.require(needed(points, edges.size(), true, dimension, flags) -
                            static_cast<int64_t>(sizeof(float) + sizeof(Edge)) * edges.size());
    compute(std::move(edges), false, {nullptr, nullptr}, request, *result);
    *homology = result.release();
  });
}

int32_t scaleinv_homology_bytes(int64_t points, int64_t edges, int32_t sparse, int32_t dimension, int64_t flags,
                                int64_t* bytes) {
  return guarded([&] {
    require(bytes != nullptr, "bytes is null");
    check_points(points);
    require(edges >= 0 && dimension >= 0, "edges or dimension is negative");
    require((flags & ~all_flags) == 0, "no such flag");
    *bytes = needed(points, edges, sparse != 0, dimension, flags);
  });
}

int64_t scaleinv_homology_pairs(const void* homology, int32_t dimension) {
  if (homology == nullptr || dimension < 0 ||
      dimension >= static_cast<int64_t>(static_cast<const Homology*>(homology)->diagrams.size())) {
    return -1;
  }
  return static_cast<int64_t>(static_cast<const Homology*>(homology)->diagrams[dimension].pairs.size());
}

int32_t scaleinv_homology_diagram(const void* homology, int32_t dimension, float* pairs) {
  return guarded([&] {
    const Diagram& found = diagram(homology, dimension);
    require(pairs != nullptr || found.pairs.empty(), "pairs is null");
    for (const Pair& pair : found.pairs) {
      *pairs++ = pair.birth;
      *pairs++ = pair.death;
    }
  });
}

int32_t scaleinv_homology_simplices(const void* homology, int32_t dimension, int32_t* births, int32_t* deaths) {
  return guarded([&] {
    const Diagram& found = represented(homology, dimension);
    require((births != nullptr && deaths != nullptr) || found.pairs.empty(), "births or deaths is null");
    std::copy(found.births.begin(), found.births.end(), births);
    std::copy(found.deaths.begin(), found.deaths.end(), deaths);
  });
}

int32_t scaleinv_homology_cocycle_offsets(const void* homology, int32_t dimension, int64_t* offsets) {
  return guarded([&] {
    const Diagram& found = represented(homology, dimension);
    require(offsets != nullptr, "offsets is null");
    std::copy(found.offsets.begin(), found.offsets.end(), offsets);
  });
}

int32_t scaleinv_homology_cocycles(const void* homology, int32_t dimension, int32_t* simplices, int32_t* coefficients) {
  return guarded([&] {
    const Diagram& found = represented(homology, dimension);
    require((simplices != nullptr && coefficients != nullptr) || found.coefficients.empty(),
            "simplices or coefficients is null");
    std::copy(found.simplices.begin(), found.simplices.end(), simplices);
    std::copy(found.coefficients.begin(), found.coefficients.end(), coefficients);
  });
}

int64_t scaleinv_homology_figure(const void* homology, int32_t figure) {
  if (homology == nullptr) {
    return -1;
  }
  const auto& found = *static_cast<const Homology*>(homology);
  switch (figure) {
    case SCALEINV_HOMOLOGY_FIGURE_PEAK_BYTES: return found.account.peak();
    case SCALEINV_HOMOLOGY_FIGURE_EDGES: return found.figures.edges;
    case SCALEINV_HOMOLOGY_FIGURE_COLLAPSED: return found.figures.collapsed;
    case SCALEINV_HOMOLOGY_FIGURE_COLUMNS: return found.figures.columns;
    case SCALEINV_HOMOLOGY_FIGURE_ADDITIONS: return found.figures.additions;
    default: return -1;
  }
}

float scaleinv_homology_threshold(const void* homology) {
  return homology == nullptr ? NAN : static_cast<const Homology*>(homology)->threshold;
}

void scaleinv_homology_release(void* homology) { delete static_cast<Homology*>(homology); }
