// Matrices and lists of distances for the tests of persistent homology, and all that is found through the C ABI.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "check.hpp"
#include "scaleinv_homology.h"

namespace inputs {

inline constexpr float none = NAN;
struct Asked {
  int32_t dimension = 2;
  int32_t modulus = 2;
  float threshold = none;
  int64_t flags = 0;
  int32_t threads = 1;
  int64_t limit = 0;
};

struct Found {
  int32_t status = SCALEINV_OK;
  float threshold = 0;
  int64_t peak = 0;
  // of each dimension
  std::vector<std::vector<float>> diagrams;
  // births, deaths, and of cocycles the offsets, simplices and coefficients
  std::vector<std::vector<int64_t>> representatives;

  bool operator==(const Found& other) const {
    return status == other.status && diagrams == other.diagrams && representatives == other.representatives;
  }
};

inline Found taken(int32_t status, void* homology, const Asked& asked) {
  Found found;
  found.status = status;
  CHECK((homology != nullptr) == (status == SCALEINV_OK));
  if (status != SCALEINV_OK) {
    return found;
  }
  found.threshold = scaleinv_homology_threshold(homology);
  found.peak = scaleinv_homology_figure(homology, SCALEINV_HOMOLOGY_FIGURE_PEAK_BYTES);
  for (int32_t k = 0; k <= asked.dimension; k++) {
    const int64_t pairs = scaleinv_homology_pairs(homology, k);
    std::vector<float> diagram(2 * pairs);
    CHECK(scaleinv_homology_diagram(homology, k, diagram.data()) == SCALEINV_OK);
    found.diagrams.push_back(diagram);
    if ((asked.flags & SCALEINV_HOMOLOGY_REPRESENTATIVES) != 0) {
      std::vector<int32_t> births(pairs * (k + 1));
      std::vector<int32_t> deaths(pairs * (k + 2));
      std::vector<int64_t> offsets(pairs + 1);
      CHECK(scaleinv_homology_simplices(homology, k, births.data(), deaths.data()) == SCALEINV_OK);
      CHECK(scaleinv_homology_cocycle_offsets(homology, k, offsets.data()) == SCALEINV_OK);
      std::vector<int32_t> simplices(offsets.back() * (k + 1));
      std::vector<int32_t> coefficients(offsets.back());
      CHECK(scaleinv_homology_cocycles(homology, k, simplices.data(), coefficients.data()) == SCALEINV_OK);
      for (const auto& part : {births, deaths, simplices, coefficients}) {
        found.representatives.emplace_back(part.begin(), part.end());
      }
      found.representatives.push_back(offsets);
    }
  }
  scaleinv_homology_release(homology);
  return found;
}

struct Lists {
  std::vector<int64_t> offsets{0};
  std::vector<int32_t> partners;
  std::vector<float> lengths;

  int64_t bytes() const { return static_cast<int64_t>(8 * offsets.size() + 8 * partners.size()); }

  Found homology(const Asked& asked, scaleinv_homology_progress* progress = nullptr, void* context = nullptr) const {
    void* homology = nullptr;
    const int32_t status = scaleinv_homology_sparse(
        static_cast<int64_t>(offsets.size()) - 1, offsets.data(), partners.data(), lengths.data(), asked.dimension,
        asked.modulus, asked.threshold, asked.flags, asked.limit, asked.threads, progress, context, &homology);
    return taken(status, homology, asked);
  }
};

struct Matrix {
  int64_t points;
  std::vector<float> values;

  template <class Length>
  Matrix(int64_t count, Length&& length) : points(count), values(static_cast<std::size_t>(count * count)) {
    for (int64_t j = 0; j < points; j++) {
      for (int64_t i = 0; i < j; i++) {
        values[i * points + j] = values[j * points + i] = static_cast<float>(length(i, j));
      }
    }
  }

  float at(int64_t i, int64_t j) const { return values[i * points + j]; }

  int64_t bytes() const { return static_cast<int64_t>(4 * values.size()); }

  Found homology(const Asked& asked, scaleinv_homology_progress* progress = nullptr, void* context = nullptr) const {
    return given(asked, nullptr, nullptr, progress, context);
  }

  Found given(const Asked& asked, const int64_t* counts, const int32_t* critical,
              scaleinv_homology_progress* progress = nullptr, void* context = nullptr) const {
    void* homology = nullptr;
    const int32_t status =
        scaleinv_homology_dense(values.data(), points, counts, critical, asked.dimension, asked.modulus,
                                asked.threshold, asked.flags, asked.limit, asked.threads, progress, context, &homology);
    return taken(status, homology, asked);
  }

  Lists lists(float threshold) const {
    Lists lists;
    for (int64_t i = 0; i < points; i++) {
      for (int64_t j = i + 1; j < points; j++) {
        if (at(i, j) <= threshold) {
          lists.partners.push_back(static_cast<int32_t>(j));
          lists.lengths.push_back(at(i, j));
        }
      }
      lists.offsets.push_back(static_cast<int64_t>(lists.partners.size()));
    }
    return lists;
  }
};

inline int64_t below(check::Numbers& numbers, int64_t bound) {
  return static_cast<int64_t>((numbers.next() + 1) / 2 * static_cast<double>(bound));
}

// 0: few lengths, 0 among them; 1: lengths of their own, no metric; 2: points in space; 3: pairs that are never joined
inline Matrix random(check::Numbers& numbers, int64_t points, int64_t kind) {
  const std::vector<double> cloud = numbers.take(static_cast<long>(3 * points));
  return {points, [&](int64_t i, int64_t j) {
            switch (kind) {
              case 0: return static_cast<double>(below(numbers, 6));
              case 1: return numbers.next() + 1;
              case 2:
                return std::hypot(cloud[3 * i] - cloud[3 * j], cloud[3 * i + 1] - cloud[3 * j + 1],
                                  cloud[3 * i + 2] - cloud[3 * j + 2]);
              default: return below(numbers, 3) == 0 ? INFINITY : 1.0 + static_cast<double>(below(numbers, 9));
            }
          }};
}

// More edges than one thread looks for critical simplices among, and more points than one takes rows of.
inline Matrix large(int64_t points = 160) {
  check::Numbers numbers;
  return random(numbers, points, 2);
}

}  // namespace inputs
