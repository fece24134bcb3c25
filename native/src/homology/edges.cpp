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

uint32_t bits(float length) { return std::bit_cast<uint32_t>(length); }

constexpr uint32_t infinity_bits = 0x7f800000;

}  // namespace

bool check_distances(const float* distances, int64_t points) {
  // tiles, so that columns are read from the cache
  constexpr int64_t tile = 64;
  bool ordered = true;
  for (int64_t rows = 0; rows < points; rows += tile) {
    for (int64_t columns = 0; columns <= rows; columns += tile) {
      uint32_t different = 0;
      uint32_t highest = 0;
      for (int64_t i = rows; i < std::min(rows + tile, points); i++) {
        const int64_t end = std::min(columns + tile, i + 1);
        for (int64_t j = columns; j < end; j++) {
          const uint32_t value = bits(distances[i * points + j]);
          different |= value ^ bits(distances[j * points + i]);
          highest = std::max(highest, value);
        }
      }
      ordered = ordered && different == 0 && highest <= infinity_bits;
    }
  }
  for (int64_t i = 0; ordered && i < points; i++) {
    ordered = bits(distances[i * points + i]) == 0;
  }
  for (int64_t i = 0; !ordered && i < points; i++) {
    for (int64_t j = 0; j <= i; j++) {
      check_entry(distances, points, i, j);
      check_entry(distances, points, j, i);
    }
  }
  return ordered;
}

float enclosing_radius(const float* distances, int64_t points) {
  float radius = points == 0 ? 0 : std::numeric_limits<float>::infinity();
  for (int64_t i = 0; i < points; i++) {
    // as integers, −0 is below all others
    int32_t farthest = 0;
    for (int64_t j = 0; j < points; j++) {
      farthest = std::max(farthest, std::bit_cast<int32_t>(distances[i * points + j]));
    }
    radius = std::min(radius, std::bit_cast<float>(farthest));
  }
  return radius;
}

int64_t edges_within(const float* distances, int64_t points, float threshold) {
  int64_t count = 0;
  for (int64_t j = 0; j < points; j++) {
    int32_t of_row = 0;
    for (int64_t i = 0; i < j; i++) {
      const float length = distances[j * points + i];
      of_row += (length <= threshold ? 1 : 0) & (length < INFINITY ? 1 : 0);
    }
    count += of_row;
  }
  return count;
}

Edges dense_edges(const float* distances, int32_t points, float threshold, Account& account) {
  Counted<Candidate> found(account);
  found.reserve(static_cast<std::size_t>(edges_within(distances, points, threshold)));
  for (int32_t j = 0; j < points; j++) {
    for (int32_t i = 0; i < j; i++) {
      const float length = distances[static_cast<int64_t>(j) * points + i];
      if (length <= threshold && length < INFINITY) {
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
  }
  for (int64_t i = 0; i < graph.points; i++) {
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
