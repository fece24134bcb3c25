#include "homology/compute.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "homology/collapse.hpp"
#include "homology/components.hpp"
#include "homology/dense_complex.hpp"
#include "homology/field.hpp"
#include "homology/graph_complex.hpp"
#include "homology/reduction.hpp"

namespace scaleinv::homology {
namespace {

[[noreturn]] void refuse(int32_t dimension, int64_t at, const std::string& what) {
  throw Failure(SCALEINV_INVALID_ARGUMENT, "critical simplex " + std::to_string(at) + " of dimension " +
                                               std::to_string(dimension) + ": " + what);
}

// The key of a simplex given by its vertices.
template <class Complex>
typename Complex::Key key(const Complex& complex, const int32_t* given, int32_t dimension, int64_t at) {
  int32_t vertices[most_vertices];
  std::copy(given, given + dimension + 1, vertices);
  std::sort(vertices, vertices + dimension + 1, std::greater<>());
  const int32_t points = complex.layout().points();
  typename Complex::Rank longest = 0;
  for (int32_t i = 0; i <= dimension; i++) {
    if (vertices[i] < 0 || vertices[i] >= points) {
      refuse(dimension, at, "vertex " + std::to_string(vertices[i]) + " of " + std::to_string(points));
    }
    for (int32_t j = 0; j < i; j++) {
      const auto rank = vertices[i] == vertices[j] ? no_edge : complex.rank(vertices[i], vertices[j]);
      if (rank > complex.last()) {
        refuse(dimension, at,
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

template <class Complex, class Field>
class Computation {
 public:
  using Key = typename Complex::Key;

  Computation(const Complex& complex, const Field& field, const Given& given, const Request& request,
              Homology& homology)
      : complex_(complex), field_(field), given_(given), request_(request), homology_(homology) {}

  // tree: the edges that end components, ascending. Of the last of the dimensions there are simplices.
  void run(const Counted<uint32_t>& tree, int32_t dimensions) {
    std::optional<Reduction<Complex, Field>> below;
    const int32_t* vertices = given_.vertices;
    for (int32_t dimension = 1; dimension <= dimensions; dimension++) {
      const auto known = [&](Key key) {
        return dimension == 1 ? std::binary_search(tree.begin(), tree.end(), static_cast<uint32_t>(key))
                              : below->pivots().find(key) >= 0;
      };
      Counted<Key> columns(*request_.account);
      const auto keep = [&](Key key) {
        if (request_.has(SCALEINV_HOMOLOGY_NO_CLEARING) || !known(key)) {
          columns.push_back(key);
        }
      };
      if (given_.counts == nullptr) {
        complex_.critical(dimension, !request_.has(SCALEINV_HOMOLOGY_NO_APPARENT), request_.threads, keep);
      } else {
        for (int64_t at = 0; at < given_.counts[dimension - 1]; at++, vertices += dimension + 1) {
          keep(key(complex_, vertices, dimension, at));
        }
      }
      std::sort(columns.begin(), columns.end(), std::greater<>());
      if (std::adjacent_find(columns.begin(), columns.end()) != columns.end()) {
        throw Failure(SCALEINV_INVALID_ARGUMENT,
                      "a critical simplex of dimension " + std::to_string(dimension) + " is given twice");
      }
      Reduction<Complex, Field> reduction(complex_, field_, request_, dimension);
      reduction.reduce(columns, known, homology_.diagrams[dimension], homology_.figures);
      below.emplace(std::move(reduction));
    }
  }

 private:
  const Complex& complex_;
  const Field& field_;
  const Given& given_;
  const Request& request_;
  Homology& homology_;
};

template <class Complex>
void with_complex(const Edges& edges, const Given& given, const Request& request, Homology& homology,
                  const Counted<uint32_t>& tree, int32_t dimensions) {
  const Complex complex(edges, *request.account);
  if (request.modulus == 2) {
    const Modulo2 field;
    Computation<Complex, Modulo2>(complex, field, given, request, homology).run(tree, dimensions);
  } else {
    const Modulo field(static_cast<uint32_t>(request.modulus));
    Computation<Complex, Modulo>(complex, field, given, request, homology).run(tree, dimensions);
  }
}

template <class Key>
void with_key(const Edges& edges, bool dense, const Given& given, const Request& request, Homology& homology,
              const Counted<uint32_t>& tree, int32_t dimensions) {
  if (dense) {
    with_complex<DenseComplex<Key>>(edges, given, request, homology, tree, dimensions);
  } else {
    with_complex<GraphComplex<Key>>(edges, given, request, homology, tree, dimensions);
  }
}

}  // namespace

void compute(Edges edges, bool dense, const Given& given, const Request& request, Homology& homology) {
  const bool representatives = request.has(SCALEINV_HOMOLOGY_REPRESENTATIVES);
  homology.figures.edges = edges.size();
  homology.threshold = edges.threshold;
  homology.modulus = request.modulus;
  homology.representatives = representatives;
  for (int32_t dimension = 0; dimension <= request.dimension; dimension++) {
    homology.diagrams.emplace_back(dimension, homology.account);
  }
  request.watch->say(-1, 0, 0);
  if (given.counts == nullptr && collapse(edges, request)) {
    homology.figures.collapsed = edges.size();
    // rows of ranks are read faster than lists where a few in a hundred pairs are edges
    dense = dense && int64_t{edges.points} * edges.points <= 32 * int64_t{edges.size()};
  }
  Counted<uint32_t> tree(*request.account);
  find_components(edges, representatives, homology.diagrams[0], tree);
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
  for (Diagram& diagram : homology.diagrams) {
    diagram.sort(representatives);
  }
}

}  // namespace scaleinv::homology
