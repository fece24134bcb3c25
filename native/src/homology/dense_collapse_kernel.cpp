// How far an edge can be raised, of a matrix. Most edges are settled by a few passes over rows of bits and two over
// rows of lengths.
//
// Compiled once an instruction set, with SCALEINV_DENSE_COLLAPSE naming it. Nothing of the standard library is used,
// so that no code of one instruction set is shared with another.
#include "homology/collapse_kernels.hpp"

namespace scaleinv::homology {
namespace {

// Lengths that are compared before it is asked whether one of them ends the domination.
constexpr int64_t block = 128;

inline int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

inline bool holds(const uint64_t* set, int32_t vertex) { return (set[vertex / 64] >> (vertex % 64) & 1) != 0; }
inline void remove(uint64_t* set, int32_t vertex) { set[vertex / 64] &= ~(uint64_t{1} << (vertex % 64)); }
inline int32_t lowest_bit(uint64_t word) { return __builtin_ctzll(word); }
inline int32_t highest_bit(uint64_t word) { return 63 - __builtin_clzll(word); }

class DenseEdge {
 public:
  DenseEdge(const DenseRows& rows, const DenseScratch& scratch, const WeightedEdge& edge)
      : rows_(rows),
        words_(rows.width / 64),
        edge_(edge),
        first_(row(edge.first)),
        second_(row(edge.second)),
        reach_(scratch.reach),
        lune_(scratch.lune),
        candidates_(scratch.candidates),
        from_(edge.length),
        until_(edge.length) {}

  void decide(int32_t* likely, Decision* decision) {
    decision->count = 0;
    if (take_lune() && find(*likely)) {
      improve();
      keep(decision);
      while (until_ < never && decision->count < most_dominations && raise()) {
        keep(decision);
      }
      if (until_ == never) {
        *likely = vertex_;
      }
    }
    decision->until = until_;
  }

 private:
  const int32_t* row(int32_t vertex) const { return rows_.lengths + vertex * rows_.width; }
  const uint64_t* joined(int32_t vertex) const { return rows_.joined + vertex * words_; }

  void keep(Decision* decision) const { decision->chain[decision->count++] = {vertex_, until_}; }

  bool take_lune() {
    const uint64_t* a = joined(edge_.first);
    const uint64_t* b = joined(edge_.second);
    for (int64_t k = 0; k < words_; k++) {
      lune_[k] = a[k] & b[k];
    }
    remove(lune_, edge_.first);
    remove(lune_, edge_.second);
    uint64_t any = 0;
    for (int64_t k = 0; k < words_; k++) {
      candidates_[k] = lune_[k];
      any |= lune_[k];
    }
    return any != 0;
  }

  // A vertex that dominates the edge at its own length. Where one fails, a vertex of the lune that it is not joined to
  // is the witness, and only those joined to the witness stay candidates. The rows of bits may hold a few edges too
  // many: a witness is looked up, and a vertex dominates by the lengths alone.
  bool find(int32_t likely) {
    bool reach_known = false;
    int32_t vertex = likely >= 0 && holds(candidates_, likely) ? likely : first_candidate();
    while (vertex >= 0) {
      const int32_t witness = not_joined(vertex);
      if (witness >= 0 && larger(first_[witness], second_[witness]) > edge_.length) {
        remove(lune_, witness);
        remove(candidates_, witness);
        continue;
      }
      if (witness >= 0) {
        leave_joined(witness);
      } else {
        if (!reach_known) {
          set_reach();
          reach_known = true;
        }
        if (dominates(vertex)) {
          remove(candidates_, vertex);
          return true;
        }
      }
      remove(candidates_, vertex);
      vertex = first_candidate();
    }
    return false;
  }

  int32_t first_candidate() const {
    for (int64_t k = 0; k < words_; k++) {
      if (candidates_[k] != 0) {
        return static_cast<int32_t>(k * 64) + lowest_bit(candidates_[k]);
      }
    }
    return -1;
  }

  // The last of the lune that is not joined to a vertex; −1 where all are.
  int32_t not_joined(int32_t vertex) const {
    const uint64_t* near = joined(vertex);
    for (int64_t k = words_; k-- > 0;) {
      const uint64_t far = lune_[k] & ~near[k];
      if (far != 0) {
        return static_cast<int32_t>(k * 64) + highest_bit(far);
      }
    }
    return -1;
  }

  void leave_joined(int32_t vertex) {
    const uint64_t* near = joined(vertex);
    for (int64_t k = 0; k < words_; k++) {
      candidates_[k] &= near[k];
    }
  }

  void set_reach() {
    for (int64_t x = 0; x < rows_.width; x++) {
      reach_[x] = larger(larger(first_[x], second_[x]), from_);
    }
  }

  // Whether a vertex dominates from the present length until later than those before; if so it is kept. The block of
  // lengths that ended the last trial comes first.
  bool dominates(int32_t vertex) {
    if (reach_[vertex] > from_) {
      return false;
    }
    const int32_t* to = row(vertex);
    int32_t until = never;
    int64_t at = block_;
    do {
      int32_t lowest = never;
      for (int64_t x = at; x < at + block; x++) {
        lowest = smaller(lowest, to[x] > reach_[x] ? reach_[x] : never);
      }
      until = smaller(until, lowest);
      if (until <= until_) {
        block_ = at;
        return false;
      }
      at = at + block < rows_.width ? at + block : 0;
    } while (at != block_);
    vertex_ = vertex;
    until_ = until;
    return true;
  }

  // Of the candidates left the one that dominates longest.
  void improve() {
    for (int64_t k = 0; k < words_; k++) {
      for (uint64_t left = candidates_[k]; left != 0 && until_ < never; left &= left - 1) {
        dominates(static_cast<int32_t>(k * 64) + lowest_bit(left));
      }
    }
  }

  // On from where no vertex dominates any longer; false where none begins to.
  bool raise() {
    from_ = until_;
    for (int64_t x = 0; x < rows_.width; x++) {
      reach_[x] = larger(reach_[x], from_);
    }
    for (int32_t w = 0; w < rows_.points && until_ < never; w++) {
      if (w != edge_.first && w != edge_.second) {
        dominates(w);
      }
    }
    return until_ > from_;
  }

  const DenseRows& rows_;
  int64_t words_;
  const WeightedEdge& edge_;
  const int32_t* first_;
  const int32_t* second_;
  int32_t* reach_;
  uint64_t* lune_;
  uint64_t* candidates_;
  int64_t block_ = 0;
  int32_t from_;
  int32_t vertex_ = -1;
  int32_t until_;
};

}  // namespace

void SCALEINV_DENSE_COLLAPSE(const DenseRows& rows, const DenseScratch& scratch, const WeightedEdge& edge,
                             int32_t* likely, Decision* decision) {
  DenseEdge(rows, scratch, edge).decide(likely, decision);
}

}  // namespace scaleinv::homology
