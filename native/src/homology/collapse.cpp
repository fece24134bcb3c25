#include "homology/collapse.hpp"

#include <algorithm>
#include <bit>

#include "homology/crew.hpp"
#include "homology/dense_filtration.hpp"
#include "homology/sparse_filtration.hpp"

namespace scaleinv::homology {
namespace {

// Edges that one thread decides one after the other.
constexpr int64_t chunk = 16;

// What is left of the longest part of the edges tells whether the rest becomes fewer: of shorter ones more is always
// left.
constexpr int64_t trial_part = 16;
constexpr double most_left = 0.95;

// Reads ahead, in edges.
constexpr int64_t ahead = 4;

// Beyond that the rows of a matrix are mostly of edges that are not there: lists take less time there, and less memory.
bool is_dense(int64_t points, int64_t edges) { return points * points <= 12 * edges; }

template <class Filtration>
class Collapse {
 public:
  Collapse(const Edges& edges, const Request& request, int32_t threads)
      : edges_(edges),
        watch_(*request.watch),
        account_(*request.account),
        filtration_(edges, threads, account_),
        touched_(account_),
        decisions_(account_),
        raised_(account_),
        work_{*this},
        crew_(threads, work_) {
    not_passed_ = int64_t{edges.size()} - 1;
    touched_.assign(static_cast<std::size_t>(edges.points), 0);
    // Of few points most edges of a batch would meet the others.
    batch_ = std::clamp<int64_t>(edges.points / 16 / chunk, 4, 64) * chunk;
    decisions_.resize(static_cast<std::size_t>(batch_));
  }

  // The edges that are left. trial: ends with false where the longest edges hardly become fewer.
  bool run(bool trial, Counted<Candidate>& left) {
    const int64_t count = edges_.size();
    const int64_t tried = count / trial_part;
    for (int64_t done = 0; done < count; done += batch_) {
      first_ = count - 1 - done;
      in_batch_ = std::min(batch_, count - done);
      likely_at_start_ = likely_;
      crew_.run((in_batch_ + chunk - 1) / chunk);
      apply(left);
      watch_.tick(-1, done, count);
      if (trial && done < tried && done + batch_ >= tried && left.size() > most_left * (done + in_batch_)) {
        return false;
      }
    }
    return true;
  }

 private:
  struct Raised {
    int32_t first;
    int32_t second;
  };

  struct Work {
    Collapse& collapse;
    void operator()(int32_t thread, int64_t index) const { collapse.decide(thread, index); }
  };

  WeightedEdge edge_at(int64_t in_batch) const {
    return filtration_.weighted(static_cast<uint32_t>(first_ - in_batch));
  }

  void decide(int32_t thread, int64_t index) {
    int32_t likely = likely_at_start_;
    const int64_t end = std::min((index + 1) * chunk, in_batch_);
    for (int64_t i = index * chunk; i < end; i++) {
      if (i + ahead < in_batch_) {
        filtration_.prepare(edge_at(i + ahead));
      }
      filtration_.decide(thread, edge_at(i), &likely, &decisions_[i]);
    }
  }

  void apply(Counted<Candidate>& left) {
    number_++;
    raised_.clear();
    for (int64_t i = 0; i < in_batch_; i++) {
      const WeightedEdge edge = edge_at(i);
      Decision& decision = decisions_[i];
      if (!holds(edge, decision)) {
        filtration_.decide(0, edge, &likely_, &decision);
      }
      if (decision.until > edge.length) {
        filtration_.raise(edge, decision.until);
        raised_.push_back({edge.first, edge.second});
        touched_[edge.first] = number_;
        touched_[edge.second] = number_;
      }
      if (decision.until == never) {
        likely_ = decision.chain[decision.count - 1].vertex;
      } else {
        left.push_back({std::bit_cast<float>(decision.until), filtration_.named(edge)});
      }
    }
    pass();
  }

  // The edges that are longer than any still to be decided.
  void pass() {
    const int64_t next = first_ - in_batch_;
    while (next >= 0 && not_passed_ > next && edges_.lengths[not_passed_] > edges_.lengths[next]) {
      filtration_.pass(filtration_.weighted(static_cast<uint32_t>(not_passed_--)));
    }
  }

  bool holds(const WeightedEdge& edge, const Decision& decision) const {
    int32_t from = edge.length;
    for (int32_t i = 0; i < decision.count; i++) {
      const Domination& domination = decision.chain[i];
      if (touched_[domination.vertex] == number_ && !holds(edge, from, domination)) {
        return false;
      }
      from = domination.until;
    }
    return true;
  }

  // Whether a vertex still dominates after what was raised in this batch.
  bool holds(const WeightedEdge& edge, int32_t from, const Domination& domination) const {
    const int32_t vertex = domination.vertex;
    for (const Raised& raised : raised_) {
      if (raised.first != vertex && raised.second != vertex) {
        continue;
      }
      const int32_t other = raised.first == vertex ? raised.second : raised.first;
      const int32_t now = filtration_.length(vertex, other);
      if (other == edge.first || other == edge.second) {
        if (now > from) {
          return false;
        }
        continue;
      }
      const int32_t reach =
          std::max({from, filtration_.length(edge.first, other), filtration_.length(edge.second, other)});
      if (reach < domination.until && now > reach) {
        return false;
      }
    }
    return true;
  }

  const Edges& edges_;
  Watch& watch_;
  Account& account_;
  Filtration filtration_;
  // the batch in which an edge of a vertex was last raised
  Counted<int32_t> touched_;
  Counted<Decision> decisions_;
  Counted<Raised> raised_;
  int64_t batch_;
  int64_t first_ = 0;
  int64_t not_passed_;
  int64_t in_batch_ = 0;
  int32_t number_ = 0;
  int32_t likely_ = -1;
  int32_t likely_at_start_ = -1;
  Work work_;
  Crew<Work> crew_;
};

template <class Filtration>
bool collapsed(Edges& edges, bool trial, const Request& request, int32_t threads) {
  Counted<Candidate> left(*request.account);
  if (!Collapse<Filtration>(edges, request, threads).run(trial, left)) {
    return false;
  }
  edges = in_order(left, edges.points, edges.threshold, *request.account);
  return true;
}

}  // namespace

bool may_collapse(int32_t dimension, int64_t flags) {
  if ((flags & SCALEINV_HOMOLOGY_COLLAPSE) != 0) {
    return true;
  }
  return dimension >= 2 && (flags & (SCALEINV_HOMOLOGY_NO_COLLAPSE | SCALEINV_HOMOLOGY_REPRESENTATIVES)) == 0;
}

// One where all is done within about a second: lengths in the rows, or in the lists, that are read.
int32_t collapse_threads(const Edges& edges, int32_t threads) {
  const double points = edges.points;
  const double count = edges.size();
  const bool much =
      is_dense(edges.points, edges.size()) ? count * points > 0x1p31 : 2 * count / points * count > 0x1p27;
  return much ? threads : 1;
}

bool collapse(Edges& edges, const Request& request, int32_t threads) {
  const bool trial = !request.has(SCALEINV_HOMOLOGY_COLLAPSE);
  return is_dense(edges.points, edges.size()) ? collapsed<DenseFiltration>(edges, trial, request, threads)
                                              : collapsed<SparseFiltration>(edges, trial, request, threads);
}

int64_t collapse_bytes(int64_t points, int64_t edges) {
  return is_dense(points, edges) ? DenseFiltration::bytes(points) : SparseFiltration::bytes(points, edges);
}

}  // namespace scaleinv::homology
