// How far an edge can be raised, of lists of neighbours. The work is that of a few lists: those of its ends, and of the
// vertices that are tried.
//
// Compiled once an instruction set, with SCALEINV_SPARSE_COLLAPSE naming it. Nothing of the standard library is used,
// so that no code of one instruction set is shared with another.
#include "homology/collapse_kernels.hpp"

namespace scaleinv::homology {
namespace {

inline int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

// The vertices joined to both ends at any length are numbered from 1; 0 stands for all others.
class SparseEdge {
 public:
  SparseEdge(const NeighbourLists& lists, const NeighbourScratch& scratch, const WeightedEdge& edge)
      : lists_(lists), s_(scratch), edge_(edge), from_(edge.length), until_(edge.length) {}

  void decide(Decision* decision) {
    decision->count = 0;
    const bool swap = lists_.degrees[edge_.first] > lists_.degrees[edge_.second];
    join(swap ? edge_.second : edge_.first, swap ? edge_.first : edge_.second);
    if (nearest() > 0) {
      place(true);
      while (until_ < never && decision->count < most_dominations && raise()) {
        decision->chain[decision->count++] = {s_.vertices[nearest_], until_};
        from_ = until_;
      }
      place(false);
    }
    decision->until = until_;
  }

 private:
  void join(int32_t first, int32_t second) {
    const Neighbour* a = lists_.neighbours + lists_.starts[first];
    const Neighbour* b = lists_.neighbours + lists_.starts[second];
    const int32_t a_count = lists_.degrees[first];
    const int32_t b_count = lists_.degrees[second];
    for (int32_t k = 0; k < a_count; k++) {
      s_.to_first[a[k].vertex] = a[k].length;
    }
    int32_t count = 1;
    for (int32_t k = 0; k < b_count; k++) {
      const int32_t longer = larger(s_.to_first[b[k].vertex], b[k].length);
      s_.vertices[count] = b[k].vertex;
      s_.least[count] = longer;
      count += longer < never ? 1 : 0;
    }
    for (int32_t k = 0; k < a_count; k++) {
      s_.to_first[a[k].vertex] = never;
    }
    count_ = count;
    padded_ = (count + 15) / 16 * 16;
    s_.least[0] = never;
    for (int32_t p = count; p < padded_; p++) {
      s_.least[p] = never;
    }
    // all that is within reach at the edge's length is a candidate there
    for (int32_t p = 0; p < padded_; p++) {
      s_.candidates[p] = s_.least[p] <= from_ ? -1 : 0;
    }
  }

  // The candidate with the shortest edges to both ends: the likeliest to dominate. 0 where there is none.
  int32_t nearest() {
    int32_t least = never;
    nearest_ = 0;
    for (int32_t p = 1; p < count_; p++) {
      const int32_t mine = s_.candidates[p] != 0 ? s_.least[p] : never;
      nearest_ = mine < least ? p : nearest_;
      least = smaller(least, mine);
    }
    return nearest_;
  }

  void place(bool on) {
    for (int32_t p = 1; p < count_; p++) {
      s_.place[s_.vertices[p]] = on ? p : 0;
    }
  }

  // row: the lengths of one vertex's edges to the others.
  void read(int32_t p) {
    for (int32_t x = 0; x < padded_; x++) {
      s_.row[x] = never;
    }
    const int32_t vertex = s_.vertices[p];
    const Neighbour* near = lists_.neighbours + lists_.starts[vertex];
    const int32_t degree = lists_.degrees[vertex];
    for (int32_t k = 0; k < degree; k++) {
      s_.row[s_.place[near[k].vertex]] = near[k].length;
    }
    s_.row[0] = never;
    s_.row[p] = 0;
  }

  // A vertex that dominates from the present length on; false where there is none. Where one fails, the last vertex of
  // the lune that it is not joined to is the witness, and only those joined to the witness stay candidates.
  bool raise() {
    for (int32_t p = 0; p < padded_; p++) {
      s_.reach[p] = larger(s_.least[p], from_);
      s_.candidates[p] = s_.least[p] <= from_ ? -1 : 0;
    }
    while (nearest() > 0) {
      read(nearest_);
      int32_t until = never;
      for (int32_t p = 0; p < padded_; p++) {
        until = smaller(until, s_.row[p] > s_.reach[p] ? s_.reach[p] : never);
      }
      if (until > from_) {
        until_ = until;
        return true;
      }
      read(witness());
      for (int32_t p = 0; p < padded_; p++) {
        s_.candidates[p] &= s_.row[p] <= from_ ? -1 : 0;
      }
    }
    return false;
  }

  int32_t witness() const {
    int32_t farthest = -1;
    int32_t found = 0;
    for (int32_t p = 1; p < count_; p++) {
      const int32_t mine = s_.least[p] <= from_ && s_.row[p] > from_ ? s_.least[p] : -1;
      found = mine > farthest ? p : found;
      farthest = larger(farthest, mine);
    }
    return found;
  }

  const NeighbourLists& lists_;
  const NeighbourScratch& s_;
  const WeightedEdge& edge_;
  int32_t count_ = 0;
  int32_t padded_ = 0;
  int32_t nearest_ = 0;
  int32_t from_;
  int32_t until_;
};

}  // namespace

void SCALEINV_SPARSE_COLLAPSE(const NeighbourLists& lists, const NeighbourScratch& scratch, const WeightedEdge& edge,
                              Decision* decision) {
  SparseEdge(lists, scratch, edge).decide(decision);
}

}  // namespace scaleinv::homology
