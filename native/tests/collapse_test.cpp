// Edge collapse through the C ABI: graphs whose collapse is known, and diagrams with it beside those without.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "check.hpp"
#include "scaleinv_homology.h"

namespace {

constexpr float none = NAN;

struct Outcome {
  int64_t edges;
  int64_t left;
  std::vector<std::vector<float>> diagrams;
};

Outcome take(int32_t status, void* homology, int32_t dimension) {
  Outcome outcome{-1, -1, {}};
  CHECK(status == SCALEINV_OK);
  if (status != SCALEINV_OK) {
    return outcome;
  }
  outcome.edges = scaleinv_homology_figure(homology, SCALEINV_HOMOLOGY_FIGURE_EDGES);
  outcome.left = scaleinv_homology_figure(homology, SCALEINV_HOMOLOGY_FIGURE_COLLAPSED);
  for (int32_t k = 0; k <= dimension; k++) {
    std::vector<float> pairs(2 * static_cast<std::size_t>(scaleinv_homology_pairs(homology, k)));
    CHECK(scaleinv_homology_diagram(homology, k, pairs.data()) == SCALEINV_OK);
    outcome.diagrams.push_back(pairs);
  }
  scaleinv_homology_release(homology);
  return outcome;
}

struct Matrix {
  int64_t points;
  std::vector<float> values;

  explicit Matrix(int64_t count) : points(count), values(static_cast<std::size_t>(count * count)) {}

  template <class Length>
  Matrix(int64_t count, Length&& length) : Matrix(count) {
    for (int64_t j = 0; j < points; j++) {
      for (int64_t i = 0; i < j; i++) {
        values[i * points + j] = values[j * points + i] = static_cast<float>(length(i, j));
      }
    }
  }

  Outcome homology(int32_t dimension, int32_t modulus, float threshold, int64_t flags, int32_t threads) const {
    void* found = nullptr;
    const int32_t status = scaleinv_homology_dense(values.data(), points, nullptr, nullptr, dimension, modulus,
                                                   threshold, flags, 0, threads, nullptr, nullptr, &found);
    return take(status, found, dimension);
  }

  // As a graph of the pairs within the threshold.
  Outcome sparse(int32_t dimension, float threshold, int64_t flags, int32_t threads) const {
    std::vector<int64_t> offsets{0};
    std::vector<int32_t> partners;
    std::vector<float> lengths;
    for (int64_t i = 0; i < points; i++) {
      for (int64_t j = i + 1; j < points; j++) {
        if (values[i * points + j] <= threshold) {
          partners.push_back(static_cast<int32_t>(j));
          lengths.push_back(values[i * points + j]);
        }
      }
      offsets.push_back(static_cast<int64_t>(partners.size()));
    }
    void* found = nullptr;
    const int32_t status = scaleinv_homology_sparse(points, offsets.data(), partners.data(), lengths.data(), dimension,
                                                    2, threshold, flags, 0, threads, nullptr, nullptr, &found);
    return take(status, found, dimension);
  }
};

Matrix between(const std::vector<double>& coordinates, int64_t width, double unit) {
  const auto points = static_cast<int64_t>(coordinates.size()) / width;
  return {points, [&](int64_t i, int64_t j) {
            double sum = 0;
            for (int64_t c = 0; c < width; c++) {
              const double difference = coordinates[i * width + c] - coordinates[j * width + c];
              sum += difference * difference;
            }
            return unit == 0 ? std::sqrt(sum) : unit * std::round(std::sqrt(sum) / unit);
          }};
}

// What is contractible at every length is left as a tree.
void trees() {
  const Matrix line(40, [](int64_t i, int64_t j) { return j - i; });
  const Outcome of_line = line.homology(2, 2, none, SCALEINV_HOMOLOGY_COLLAPSE, 1);
  CHECK(of_line.left == 39);
  const Matrix equal(30, [](int64_t, int64_t) { return 2; });
  const Outcome of_equal = equal.homology(2, 2, none, SCALEINV_HOMOLOGY_COLLAPSE, 1);
  CHECK(of_equal.edges == 435);
  CHECK(of_equal.left == 29);
}

// A cycle has no lunes: nothing goes. With its short diagonals, those appear as late as without the collapse at most.
void cycle() {
  const int64_t points = 12;
  const Matrix steps(points, [](int64_t i, int64_t j) { return std::min(j - i, 12 - (j - i)); });
  const Outcome bare = steps.sparse(1, 1, SCALEINV_HOMOLOGY_COLLAPSE, 1);
  CHECK(bare.edges == points);
  CHECK(bare.left == points);
  CHECK(bare.diagrams[1] == (std::vector<float>{1, INFINITY}));
  const Outcome whole = steps.homology(1, 2, none, SCALEINV_HOMOLOGY_COLLAPSE, 1);
  CHECK(whole.diagrams[1] == (std::vector<float>{1, 4}));
}

void compare(const Matrix& matrix, int32_t dimension, int32_t modulus, float threshold, bool shrinks) {
  const Outcome plain = matrix.homology(dimension, modulus, threshold, SCALEINV_HOMOLOGY_NO_COLLAPSE, 1);
  CHECK(plain.left == -1);
  int64_t left = -1;
  for (const int32_t level : {SCALEINV_SIMD_BASELINE, SCALEINV_SIMD_AVX2, SCALEINV_SIMD_AVX512}) {
    CHECK(scaleinv_simd_limit(level) == SCALEINV_OK);
    for (const int32_t threads : {1, 3}) {
      const Outcome collapsed = matrix.homology(dimension, modulus, threshold, SCALEINV_HOMOLOGY_COLLAPSE, threads);
      CHECK(collapsed.edges == plain.edges);
      CHECK(collapsed.diagrams == plain.diagrams);
      CHECK(!shrinks || collapsed.left < plain.edges);
      CHECK(left == -1 || collapsed.left == left);
      left = collapsed.left;
    }
  }
  if (!std::isnan(threshold) && modulus == 2) {
    const Outcome sparse = matrix.sparse(dimension, threshold, SCALEINV_HOMOLOGY_COLLAPSE, 2);
    CHECK(sparse.diagrams == plain.diagrams);
    CHECK(sparse.left == left);
  }
}

void diagrams() {
  check::Numbers numbers;
  const std::vector<double> cloud = numbers.take(150 * 3);
  // lengths of their own, and few lengths for many edges
  for (const double unit : {0.0, 0.125, 0.5}) {
    compare(between(cloud, 3, unit), 2, 2, none, true);
    compare(between(cloud, 3, unit), 1, 3, none, true);
    compare(between(cloud, 3, unit), 2, 2, 0.75f, true);
  }
  compare(between(numbers.take(40 * 5), 5, 0.25), 4, 2, none, true);
  // most points far from most others: lists of neighbours
  std::vector<double> ring;
  for (int i = 0; i < 700; i++) {
    ring.push_back(std::cos(i * 0.7) + 0.1 * numbers.next());
    ring.push_back(std::sin(i * 0.7) + 0.1 * numbers.next());
  }
  for (const double unit : {0.0, 0.03125}) {
    compare(between(ring, 2, unit), 2, 2, 0.0625f, true);
    compare(between(ring, 2, unit), 1, 2, 0.0625f, true);
  }
  // no metric: lunes of all kinds, most edges raised
  for (const int levels : {4, 1000000}) {
    const Matrix random(70, [&](int64_t, int64_t) { return std::floor((numbers.next() + 1) * levels); });
    compare(random, 2, 2, none, false);
    compare(random, 2, 5, static_cast<float>(levels), false);
  }
}

// Left to itself, the engine collapses from dimension 2 on, and gives up where nothing goes.
void automatic() {
  check::Numbers numbers;
  const Matrix cloud = between(numbers.take(100 * 3), 3, 0);
  CHECK(cloud.homology(1, 2, none, 0, 1).left == -1);
  CHECK(cloud.homology(2, 2, none, 0, 1).left == cloud.homology(2, 2, none, SCALEINV_HOMOLOGY_COLLAPSE, 1).left);
  CHECK(cloud.homology(2, 2, none, SCALEINV_HOMOLOGY_REPRESENTATIVES, 1).left == -1);
  const Matrix ring(2000, [](int64_t i, int64_t j) { return std::min(j - i, 2000 - (j - i)); });
  CHECK(ring.sparse(2, 1, 0, 1).left == -1);
  CHECK(ring.sparse(2, 1, SCALEINV_HOMOLOGY_COLLAPSE, 1).left == 2000);
}

// A graph of many points with few partners each, read from lists of partners: with and without apparent pairs, and for
// any number of threads.
void lists() {
  constexpr int64_t points = 6000;
  constexpr int64_t near = 12;
  check::Numbers numbers;
  std::vector<int64_t> offsets{0};
  std::vector<int32_t> partners;
  std::vector<float> lengths;
  for (int64_t i = 0; i < points; i++) {
    for (int64_t j = i + 1; j < std::min(points, i + 1 + near); j++) {
      partners.push_back(static_cast<int32_t>(j));
      lengths.push_back(static_cast<float>(std::floor((numbers.next() + 2) * 50)));
    }
    offsets.push_back(static_cast<int64_t>(partners.size()));
  }
  const auto homology = [&](int32_t dimension, int64_t flags, int32_t threads) {
    void* found = nullptr;
    const int32_t status = scaleinv_homology_sparse(points, offsets.data(), partners.data(), lengths.data(), dimension,
                                                    2, none, flags, 0, threads, nullptr, nullptr, &found);
    return take(status, found, dimension);
  };
  const Outcome plain = homology(3, SCALEINV_HOMOLOGY_NO_COLLAPSE, 1);
  CHECK(plain.edges > 65536);
  CHECK(plain.diagrams[1].size() > 1000 && plain.diagrams[2].size() > 100);
  CHECK(homology(3, SCALEINV_HOMOLOGY_NO_COLLAPSE, 3).diagrams == plain.diagrams);
  CHECK(homology(3, SCALEINV_HOMOLOGY_COLLAPSE, 2).diagrams == plain.diagrams);
  const Outcome whole = homology(2, SCALEINV_HOMOLOGY_NO_COLLAPSE | SCALEINV_HOMOLOGY_NO_APPARENT, 1);
  CHECK(whole.diagrams[1] == plain.diagrams[1]);
  CHECK(whole.diagrams[2] == plain.diagrams[2]);
}

void small() {
  for (int64_t points = 0; points <= 3; points++) {
    const Matrix line(points, [](int64_t i, int64_t j) { return j - i; });
    const Outcome found = line.homology(2, 2, none, SCALEINV_HOMOLOGY_COLLAPSE, 2);
    CHECK(found.left == std::max<int64_t>(points - 1, 0));
    CHECK(found.diagrams[1].empty() && found.diagrams[2].empty());
  }
}

}  // namespace

int main() {
  trees();
  cycle();
  diagrams();
  automatic();
  lists();
  small();
  return check::result();
}
