// The dimensions of one complex, one after the other: which simplices are columns, and their reduction.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "homology/field.hpp"
#include "homology/given.hpp"
#include "homology/reduction.hpp"

namespace scaleinv::homology {

template <class Complex, class Field>
class Computation {
 public:
  using Key = typename Complex::Key;

  Computation(const Complex& complex, const Field& field, const Given& given, const Request& request,
              Homology& homology)
      : complex_(complex), field_(field), given_(given), request_(request), homology_(homology) {}

  // tree: the edges that end components, ascending. Of the last of the dimensions there are simplices.
  void run(const Counted<typename Complex::Rank>& tree, int32_t dimensions) {
    std::optional<Reduction<Complex, Field>> below;
    const int32_t* vertices = given_.vertices;
    for (int32_t dimension = 1; dimension <= dimensions; dimension++) {
      const auto known = [&](Key key) {
        return dimension == 1 ? std::binary_search(tree.begin(), tree.end(), static_cast<typename Complex::Rank>(key))
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
          keep(given_key(complex_, vertices, dimension, at));
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

// tree: the ranks of the edges that end components, ascending.
template <class Complex>
void reduce_complex(const Complex& complex, const Given& given, const Request& request, Homology& homology,
                    const Counted<typename Complex::Rank>& tree, int32_t dimensions) {
  if (request.modulus == 2) {
    const Modulo2 field;
    Computation<Complex, Modulo2>(complex, field, given, request, homology).run(tree, dimensions);
  } else {
    const Modulo field(static_cast<uint32_t>(request.modulus));
    Computation<Complex, Modulo>(complex, field, given, request, homology).run(tree, dimensions);
  }
}

}  // namespace scaleinv::homology
