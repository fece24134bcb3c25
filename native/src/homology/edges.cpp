#include "homology/edges.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "status.hpp"

namespace scaleinv::homology {
namespace {

std::string entry(int64_t row, int64_t column) {
  return "distance (" + std::to_string(row) + ", " + std::to_string(column) + ")";
}

[[noreturn]] void refuse(const std::string& message) { throw Failure(SCALEINV_INVALID_ARGUMENT, message); }

void check_entry(const float* distances, int64_t points, int64_t row, int64_t column) {
  const float value = distances[row * points + column];
  if (std::isnan(value)) {
    refuse(entry(row, column) + " is not a number");
  }
  if (value < 0) {
    refuse(entry(row, column) + " is " + std::to_string(value) + ", expected 0 or more");
  }
  if (row == column && value != 0) {
    refuse(entry(row, column) + " of a point from itself is " + std::to_string(value) + ", expected 0");
  }
  const float mirrored = distances[column * points + row];
  if (value != mirrored) {
    refuse(entry(row, column) + " is " + std::to_string(value) + ", " + entry(column, row) + " is " +
           std::to_string(mirrored) + ": expected the same");
  }
}

}  // namespace

void check_distances(const float* distances, int64_t points) {
  for (int64_t i = 0; i < points; i++) {
    for (int64_t j = 0; j <= i; j++) {
      const float value = distances[i * points + j];
      if (!(value >= 0) || value != distances[j * points + i] || (i == j && value != 0)) {
        check_entry(distances, points, i, j);
        check_entry(distances, points, j, i);
      }
    }
  }
}

float enclosing_radius(const float* distances, int64_t points) {
  float radius = points == 0 ? 0 : std::numeric_limits<float>::infinity();
  for (int64_t i = 0; i < points; i++) {
    const float* row = distances + i * points;
    radius = std::min(radius, *std::max_element(row, row + points));
  }
  return radius;
}

Edges dense_edges(const float* distances, int32_t points, float threshold, Account& account) {
  const auto within = [&](float length) { return length <= threshold && length < INFINITY; };
  std::size_t count = 0;
  for (int64_t j = 0; j < points; j++) {
    for (int64_t i = 0; i < j; i++) {
      count += within(distances[j * points + i]) ? 1 : 0;
    }
  }
  Counted<Candidate> found(account);
  found.reserve(count);
  for (int32_t j = 0; j < points; j++) {
    for (int32_t i = 0; i < j; i++) {
      const float length = distances[static_cast<int64_t>(j) * points + i];
      if (within(length)) {
        found.push_back({length, {i, j}});
      }
    }
  }
  return by_length(found, points, threshold, account);
}

void check_graph(const Graph& graph) {
  if (graph.points > 0 && graph.offsets[0] != 0) {
    refuse("offset 0 is " + std::to_string(graph.offsets[0]) + ", expected 0");
  }
  for (int64_t i = 0; i < graph.points; i++) {
    if (graph.offsets[i + 1] < graph.offsets[i]) {
      refuse("offset " + std::to_string(i + 1) + " is " + std::to_string(graph.offsets[i + 1]) + ", offset " +
             std::to_string(i) + " is " + std::to_string(graph.offsets[i]) + ": expected ascending ones");
    }
    int64_t last = i;
    for (int64_t at = graph.offsets[i]; at < graph.offsets[i + 1]; at++) {
      const int64_t partner = graph.partners[at];
      if (partner <= last || partner >= graph.points) {
        refuse("partner " + std::to_string(partner) + " of point " + std::to_string(i) + " at " + std::to_string(at) +
               ": expected more than " + std::to_string(last) + " and less than " + std::to_string(graph.points));
      }
      last = partner;
      if (std::isnan(graph.lengths[at])) {
        refuse(entry(i, partner) + " is not a number");
      }
      if (graph.lengths[at] < 0) {
        refuse(entry(i, partner) + " is " + std::to_string(graph.lengths[at]) + ", expected 0 or more");
      }
    }
  }
}

Edges graph_edges(const Graph& graph, float threshold, Account& account) {
  const float longest = std::isnan(threshold) ? std::numeric_limits<float>::infinity() : threshold;
  const auto within = [&](float length) { return length <= longest && length < INFINITY; };
  const int64_t pairs = graph.points == 0 ? 0 : graph.offsets[graph.points];
  // counted and placed by the larger end, so that they come by index
  Counted<int64_t> next(account);
  next.assign(static_cast<std::size_t>(graph.points) + 1, 0);
  for (int64_t at = 0; at < pairs; at++) {
    next[graph.partners[at] + 1] += within(graph.lengths[at]) ? 1 : 0;
  }
  for (int64_t i = 0; i < graph.points; i++) {
    next[i + 1] += next[i];
  }
  Counted<Candidate> found(account);
  found.resize(static_cast<std::size_t>(next[graph.points]));
  for (int64_t i = 0; i < graph.points; i++) {
    for (int64_t at = graph.offsets[i]; at < graph.offsets[i + 1]; at++) {
      if (within(graph.lengths[at])) {
        found[next[graph.partners[at]]++] = {graph.lengths[at], {static_cast<int32_t>(i), graph.partners[at]}};
      }
    }
  }
  return by_length(found, graph.points, longest, account);
}

}  // namespace scaleinv::homology
