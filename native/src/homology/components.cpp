#include "homology/components.hpp"

#include <limits>

namespace scaleinv::homology {
namespace {

// Components, each named by its first vertex; the vertices of one hang together in a list.
class Components {
 public:
  Components(int32_t points, Account& account) : parent_(account), next_(account), last_(account) {
    for (int32_t i = 0; i < points; i++) {
      parent_.push_back(i);
      next_.push_back(-1);
      last_.push_back(i);
    }
  }

  int32_t find(int32_t vertex) {
    while (parent_[vertex] != vertex) {
      parent_[vertex] = parent_[parent_[vertex]];
      vertex = parent_[vertex];
    }
    return vertex;
  }

  void join(int32_t older, int32_t younger) {
    parent_[younger] = older;
    next_[last_[older]] = younger;
    last_[older] = last_[younger];
  }

  template <class Visit>
  void each(int32_t first, Visit&& visit) const {
    for (int32_t vertex = first; vertex >= 0; vertex = next_[vertex]) {
      visit(vertex);
    }
  }

 private:
  Counted<int32_t> parent_;
  Counted<int32_t> next_;
  Counted<int32_t> last_;
};

void represent(const Components& components, int32_t first, Diagram& diagram) {
  diagram.births.push_back(first);
  const std::size_t from = diagram.simplices.size();
  components.each(first, [&](int32_t vertex) { diagram.simplices.push_back(vertex); });
  std::sort(diagram.simplices.begin() + static_cast<std::ptrdiff_t>(from), diagram.simplices.end());
  diagram.coefficients.resize(diagram.simplices.size(), 1);
  diagram.offsets.push_back(static_cast<int64_t>(diagram.simplices.size()));
}

}  // namespace

void find_components(const Edges& edges, bool representatives, Diagram& diagram, Counted<uint32_t>& tree) {
  Components components(edges.points, *diagram.pairs.get_allocator().account());
  for (uint32_t rank = 0; rank < edges.size(); rank++) {
    const Edge edge = edges.ends[rank];
    const int32_t a = components.find(edge.low);
    const int32_t b = components.find(edge.high);
    if (a == b) {
      continue;
    }
    tree.push_back(rank);
    const int32_t younger = std::max(a, b);
    if (edges.lengths[rank] > 0) {
      diagram.pairs.push_back({0, edges.lengths[rank], younger});
      if (representatives) {
        represent(components, younger, diagram);
        diagram.deaths.push_back(edge.low);
        diagram.deaths.push_back(edge.high);
      }
    }
    components.join(std::min(a, b), younger);
  }
  for (int32_t vertex = 0; vertex < edges.points; vertex++) {
    if (components.find(vertex) == vertex) {
      diagram.pairs.push_back({0, std::numeric_limits<float>::infinity(), vertex});
      if (representatives) {
        represent(components, vertex, diagram);
        diagram.deaths.insert(diagram.deaths.end(), 2, -1);
      }
    }
  }
}

}  // namespace scaleinv::homology
