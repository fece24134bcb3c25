// Distances at every instruction set and size of tail against double precision, and what is refused. Arrays have exactly
// the size that the header states, with a guard behind.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include "check.hpp"
#include "scaleinv.h"

namespace {

constexpr float guard = 77;
constexpr int64_t guards = 16;

struct Cloud {
  int64_t count;
  int64_t coordinates;
  std::vector<float> values;

  Cloud(int64_t n, int64_t d) : count(n), coordinates(d) {
    for (double value : check::Numbers().take(n * d)) {
      values.push_back(static_cast<float>(value));
    }
  }

  double distance(int32_t metric, int64_t i, int64_t j) const {
    double squares = 0;
    double sum = 0;
    double largest = 0;
    for (int64_t c = 0; c < coordinates; c++) {
      const double difference = std::abs(static_cast<double>(at(i, c)) - static_cast<double>(at(j, c)));
      squares += difference * difference;
      sum += difference;
      largest = std::max(largest, difference);
    }
    switch (metric) {
      case SCALEINV_METRIC_EUCLIDEAN: return std::sqrt(squares);
      case SCALEINV_METRIC_SQUARED_EUCLIDEAN: return squares;
      case SCALEINV_METRIC_MANHATTAN: return sum;
      default: return largest;
    }
  }

  float at(int64_t i, int64_t c) const { return values[static_cast<std::size_t>(i * coordinates + c)]; }
};

std::vector<float> rows(const void* points, int64_t count, int64_t from, int64_t rows, int32_t threads) {
  std::vector<float> distances(static_cast<std::size_t>(rows * count + guards), guard);
  CHECK(scaleinv_distances(points, from, rows, threads, distances.data()) == SCALEINV_OK);
  for (int64_t g = 0; g < guards; g++) {
    CHECK(distances[static_cast<std::size_t>(rows * count + g)] == guard);
  }
  distances.resize(static_cast<std::size_t>(rows * count));
  return distances;
}

void graph(const void* points, const std::vector<float>& all, int64_t count, float threshold) {
  std::vector<int64_t> offsets(static_cast<std::size_t>(count + 2), 77);
  void* found = nullptr;
  CHECK(scaleinv_graph_find(points, threshold, count * count, 2, offsets.data(), &found) == SCALEINV_OK);
  CHECK(offsets.back() == 77);
  const auto pairs = static_cast<std::size_t>(offsets[static_cast<std::size_t>(count)]);
  std::vector<int32_t> partners(pairs + 1, 77);
  std::vector<float> lengths(pairs + 1, guard);
  CHECK(scaleinv_graph_pairs(found, partners.data(), lengths.data()) == SCALEINV_OK);
  scaleinv_graph_release(found);
  CHECK(partners[pairs] == 77 && lengths[pairs] == guard);
  std::size_t next = 0;
  for (int64_t i = 0; i < count; i++) {
    CHECK(offsets[static_cast<std::size_t>(i)] == static_cast<int64_t>(next));
    for (int64_t j = i + 1; j < count; j++) {
      const float distance = all[static_cast<std::size_t>(i * count + j)];
      if (distance <= threshold) {
        CHECK(next < pairs && partners[next] == j && lengths[next] == distance);
        next++;
      }
    }
  }
  CHECK(next == pairs);
}

void compare(int32_t metric, int64_t count, int64_t coordinates) {
  const Cloud cloud(count, coordinates);
  void* points = nullptr;
  CHECK(scaleinv_points_prepare(cloud.values.data(), count, coordinates, metric, 2, &points) == SCALEINV_OK);
  const auto all = rows(points, count, 0, count, 2);
  // sums of at most 2·(d + 4) roundings of values up to 4·d
  const double allowed = 8.0 * static_cast<double>(coordinates * (coordinates + 4)) * 0x1p-24;
  for (int64_t i = 0; i < count; i++) {
    for (int64_t j = 0; j < count; j++) {
      const float distance = all[static_cast<std::size_t>(i * count + j)];
      // the root of what is small errs by more: its square is what is bounded
      const double power = metric == SCALEINV_METRIC_EUCLIDEAN ? 2 : 1;
      CHECK_CLOSE(std::pow(cloud.distance(metric, i, j), power), std::pow(distance, power), allowed);
      CHECK(distance == all[static_cast<std::size_t>(j * count + i)]);
    }
    CHECK(all[static_cast<std::size_t>(i * count + i)] == 0);
    const auto row = rows(points, count, i, 1, 1);
    CHECK(std::equal(row.begin(), row.end(), all.begin() + i * count));
  }
  graph(points, all, count, all[static_cast<std::size_t>(count - 1)]);
  scaleinv_points_release(points);
}

void angles() {
  const float values[] = {1, 0, 0, 2, -3, 0, 0, 0};
  const float expected[] = {0, 1, 2, 1, 0, 1, 2, 1, 0};
  void* points = nullptr;
  CHECK(scaleinv_points_prepare(values, 4, 2, SCALEINV_METRIC_COSINE, 1, &points) == SCALEINV_OK);
  const auto all = rows(points, 4, 0, 4, 1);
  for (std::size_t i = 0; i < 4; i++) {
    for (std::size_t j = 0; j < 4; j++) {
      CHECK(i == 3 || j == 3 ? std::isnan(all[i * 4 + j]) : all[i * 4 + j] == expected[i * 3 + j]);
    }
  }
  scaleinv_points_release(points);
}

void arguments() {
  const float values[4] = {0, 1, 2, 3};
  float distances[16];
  int64_t offsets[5];
  void* points = nullptr;
  void* found = nullptr;
  CHECK(scaleinv_points_prepare(nullptr, 4, 1, 0, 1, &points) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_points_prepare(values, 4, 1, 0, 1, nullptr) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_points_prepare(values, -1, 1, 0, 1, &points) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_points_prepare(values, 4, 0, 0, 1, &points) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_points_prepare(values, 4, 1, 6, 1, &points) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_points_prepare(values, 4, 1, 0, 0, &points) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_points_prepare(values, INT64_MAX / 2, 4, 0, 1, &points) == SCALEINV_INVALID_ARGUMENT);
  CHECK(points == nullptr);
  CHECK(scaleinv_points_prepare(values, 4, 1, 0, 1, &points) == SCALEINV_OK);
  CHECK(scaleinv_distances(nullptr, 0, 4, 1, distances) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_distances(points, 0, 4, 1, nullptr) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_distances(points, 2, 3, 1, distances) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_distances(points, -1, 1, 1, distances) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_distances(points, 0, INT64_MAX, 1, distances) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_distances(points, 0, 4, 0, distances) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_graph_find(points, 1, -1, 1, offsets, &found) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_graph_find(points, 1, 2, 1, offsets, nullptr) == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_graph_find(points, 1, 2, 1, offsets, &found) == SCALEINV_INVALID_ARGUMENT);
  CHECK(std::strcmp(scaleinv_last_error(), "3 pairs lie within the threshold, at most 2 fit") == 0);
  CHECK(found == nullptr);
  CHECK(scaleinv_graph_pairs(nullptr, nullptr, nullptr) == SCALEINV_INVALID_ARGUMENT);
  scaleinv_points_release(points);
  scaleinv_points_release(nullptr);
  scaleinv_graph_release(nullptr);
}

}  // namespace

int main() {
  for (int32_t level = SCALEINV_SIMD_BASELINE; level <= SCALEINV_SIMD_AVX512; level++) {
    CHECK(scaleinv_simd_limit(level) == SCALEINV_OK);
    for (int32_t metric : {SCALEINV_METRIC_EUCLIDEAN, SCALEINV_METRIC_SQUARED_EUCLIDEAN, SCALEINV_METRIC_MANHATTAN,
                           SCALEINV_METRIC_CHEBYSHEV}) {
      for (int64_t count : {1, 2, 7, 24, 33, 95, 97, 130}) {
        for (int64_t coordinates : {1, 5, 16, 259}) {
          compare(metric, count, coordinates);
        }
      }
    }
    angles();
  }
  arguments();
  return check::result();
}
