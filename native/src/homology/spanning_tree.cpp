#include "homology/spanning_tree.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "homology/length_complex.hpp"

namespace scaleinv::homology {

Edges spanning_tree(const float* distances, int32_t points, float threshold, Account& account) {
  using Rank = MeasuredEdges::Rank;
  const MeasuredEdges order(points);
  // of every vertex outside the tree its first edge into it
  struct Outside {
    Rank nearest;
    int32_t vertex;
  };
  Counted<Outside> outside(account);
  for (int32_t vertex = 1; vertex < points; vertex++) {
    outside.push_back({~Rank{0}, vertex});
  }
  Counted<Rank> ranks(account);
  ranks.reserve(outside.size());
  int32_t newest = 0;
  while (!outside.empty()) {
    const float* row = distances + static_cast<std::size_t>(newest) * points;
    std::size_t next = 0;
    for (std::size_t i = 0; i < outside.size(); i++) {
      const int32_t vertex = outside[i].vertex;
      outside[i].nearest =
          std::min(outside[i].nearest, order.rank(std::bit_cast<uint32_t>(row[vertex]), newest, vertex));
      next = outside[i].nearest < outside[next].nearest ? i : next;
    }
    const float length = order.length(outside[next].nearest);
    if (length <= threshold && length < INFINITY) {
      ranks.push_back(outside[next].nearest);
    }
    newest = outside[next].vertex;
    outside[next] = outside.back();
    outside.pop_back();
  }
  std::sort(ranks.begin(), ranks.end());
  Edges tree(account);
  tree.points = points;
  tree.threshold = threshold;
  for (const Rank rank : ranks) {
    tree.lengths.push_back(order.length(rank));
    tree.ends.push_back(order.ends(rank));
  }
  return tree;
}

}  // namespace scaleinv::homology
