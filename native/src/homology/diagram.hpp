// What a computation has found.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "homology/account.hpp"

namespace scaleinv::homology {

struct Pair {
  float birth;
  float death;
  // of the simplex that is born, in the filtration
  int64_t order;
};

// The pairs of positive persistence of one dimension, and where they are wanted what carries them.
struct Diagram {
  Diagram(int32_t of_dimension, Account& account)
      : dimension(of_dimension),
        pairs(account),
        births(account),
        deaths(account),
        offsets(account),
        simplices(account),
        coefficients(account) {
    offsets.push_back(0);
  }

  // After the last pair; a representative's arrays stand in the order in which pairs came.
  void sort(bool representatives) {
    Counted<int64_t> order(pairs.get_allocator());
    order.resize(pairs.size());
    std::iota(order.begin(), order.end(), int64_t{0});
    std::sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
      const Pair& x = pairs[a];
      const Pair& y = pairs[b];
      if (x.birth != y.birth) {
        return x.birth < y.birth;
      }
      return x.death != y.death ? x.death < y.death : x.order < y.order;
    });
    Diagram sorted(dimension, *pairs.get_allocator().account());
    for (const int64_t from : order) {
      sorted.pairs.push_back(pairs[from]);
      if (representatives) {
        sorted.take(*this, from);
      }
    }
    pairs.swap(sorted.pairs);
    births.swap(sorted.births);
    deaths.swap(sorted.deaths);
    offsets.swap(sorted.offsets);
    simplices.swap(sorted.simplices);
    coefficients.swap(sorted.coefficients);
  }

  int32_t dimension;
  Counted<Pair> pairs;
  // (pairs, dimension + 1), (pairs, dimension + 2): vertices ascending
  Counted<int32_t> births;
  Counted<int32_t> deaths;
  // (pairs + 1), (entries, dimension + 1), (entries)
  Counted<int64_t> offsets;
  Counted<int32_t> simplices;
  Counted<int32_t> coefficients;

 private:
  void take(const Diagram& other, int64_t pair) {
    const auto append = [](Counted<int32_t>& to, const Counted<int32_t>& from, int64_t first, int64_t last) {
      to.insert(to.end(), from.begin() + first, from.begin() + last);
    };
    const int64_t size = dimension + 1;
    append(births, other.births, pair * size, (pair + 1) * size);
    append(deaths, other.deaths, pair * (size + 1), (pair + 1) * (size + 1));
    append(simplices, other.simplices, other.offsets[pair] * size, other.offsets[pair + 1] * size);
    append(coefficients, other.coefficients, other.offsets[pair], other.offsets[pair + 1]);
    offsets.push_back(static_cast<int64_t>(coefficients.size()));
  }
};

struct Figures {
  int64_t edges = 0;
  int64_t collapsed = -1;
  int64_t columns = 0;
  int64_t additions = 0;
};

// All that outlives a call. The account comes first: everything else is counted in it.
struct Homology {
  explicit Homology(int64_t limit) : account(limit) {}

  Account account;
  int32_t modulus = 2;
  bool representatives = false;
  float threshold = 0;
  Figures figures;
  std::vector<Diagram> diagrams;
};

}  // namespace scaleinv::homology
