// Persistent homology: every way of saving work, dense and sparse input and any number of threads give the same
// diagrams; critical simplices given by the caller; refusals.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "homology_inputs.hpp"

namespace {

using namespace inputs;

constexpr int64_t plain_flags = SCALEINV_HOMOLOGY_NO_COLLAPSE | SCALEINV_HOMOLOGY_NO_CLEARING |
                                SCALEINV_HOMOLOGY_NO_APPARENT | SCALEINV_HOMOLOGY_NO_EMERGENT |
                                SCALEINV_HOMOLOGY_NO_ENCLOSING_RADIUS | SCALEINV_HOMOLOGY_NO_LAZY;

void agreement() {
  check::Numbers numbers;
  for (int64_t round = 0; round < 132; round++) {
    const Matrix matrix = random(numbers, round % 22, below(numbers, 4));
    Asked asked;
    asked.dimension = static_cast<int32_t>(below(numbers, 4));
    asked.modulus = std::vector<int32_t>{2, 3, 5}[below(numbers, 3)];
    asked.threshold = std::vector<float>{none, none, 0.5f, 3.0f, 0.0f, -0.0f, INFINITY}[below(numbers, 7)];
    asked.flags = plain_flags;
    const Found plain = matrix.homology(asked);
    CHECK(plain.status == SCALEINV_OK);
    const Lists lists = matrix.lists(INFINITY);
    for (const int64_t flags : {0, 1, 2, 4, 4 | 8, 4 | 16, 4 | 32, 4 | 64, 4 | 128, 2 | 128, 1 | 8, 1 | 16, 1 | 32}) {
      asked.flags = flags;
      Asked same = asked;
      Found first;
      for (int32_t threads = 1; threads <= 3; threads++) {
        asked.threads = threads;
        const Found dense = matrix.homology(asked);
        CHECK(dense.diagrams == plain.diagrams);
        // without a threshold, a graph has no enclosing radius
        same.threshold = dense.threshold;
        same.threads = threads;
        CHECK(lists.homology(same) == dense);
        CHECK(threads == 1 || dense == first);
        first = dense;
      }
    }
  }
}

using Key = std::tuple<float, int64_t>;

Key edge_key(const Matrix& matrix, int64_t a, int64_t b) {
  const int64_t high = std::max(a, b);
  return {matrix.at(a, b), high * (high - 1) / 2 + std::min(a, b)};
}

// By the words of scaleinv_homology.h.
bool critical(const Matrix& matrix, const std::vector<int32_t>& simplex, float threshold) {
  Key longest{-1.0f, 0};
  int32_t ends[2] = {-1, -1};
  for (const int32_t a : simplex) {
    for (const int32_t b : simplex) {
      if (a < b && edge_key(matrix, a, b) > longest) {
        longest = edge_key(matrix, a, b);
        ends[0] = a;
        ends[1] = b;
      }
    }
  }
  if (std::get<0>(longest) > threshold || std::isinf(std::get<0>(longest))) {
    return false;
  }
  // the largest vertex joined to all of a simplex, beside one, by edges before the longest
  const auto top = [&](int32_t beside) {
    for (auto v = static_cast<int32_t>(matrix.points); v-- > 0;) {
      const bool joined = std::all_of(simplex.begin(), simplex.end(), [&](int32_t w) {
        return w == beside || (v != w && edge_key(matrix, v, w) < longest);
      });
      if (joined) {
        return v;
      }
    }
    return -1;
  };
  int32_t largest = -1;
  for (const int32_t v : simplex) {
    largest = v != ends[0] && v != ends[1] ? std::max(largest, v) : largest;
  }
  return top(-1) <= largest && (largest < 0 || top(largest) != largest);
}

void given_critical_simplices() {
  check::Numbers numbers;
  for (int64_t round = 0; round < 12; round++) {
    const Matrix matrix = random(numbers, 3 + round, round % 4);
    Asked asked;
    asked.threshold = round % 4 == 2 ? 1.0f : 4.0f;
    asked.modulus = round % 2 == 0 ? 2 : 3;
    asked.flags = SCALEINV_HOMOLOGY_REPRESENTATIVES;
    std::vector<int64_t> counts(2);
    std::vector<int32_t> vertices;
    for (int32_t size = 2; size <= 3; size++) {
      // combinations by masks, the last first
      for (int32_t set = (1 << matrix.points) - 1; set > 0; set--) {
        if (__builtin_popcount(set) != size) {
          continue;
        }
        std::vector<int32_t> simplex;
        for (int32_t v = 0; v < matrix.points; v++) {
          if ((set >> v & 1) != 0) {
            simplex.push_back(v);
          }
        }
        if (critical(matrix, simplex, asked.threshold)) {
          counts[size - 2]++;
          vertices.insert(vertices.end(), simplex.begin(), simplex.end());
        }
      }
    }
    vertices.push_back(-1);
    CHECK(matrix.given(asked, counts.data(), vertices.data()) == matrix.homology(asked));
    if (counts[0] > 0) {
      vertices[0] = -7;
      CHECK(matrix.given(asked, counts.data(), vertices.data()).status == SCALEINV_INVALID_ARGUMENT);
    }
    counts[0] = -1;
    CHECK(matrix.given(asked, counts.data(), vertices.data()).status == SCALEINV_INVALID_ARGUMENT);
  }
}

void refusals() {
  const Matrix matrix = large(5);
  const auto refused = [&](const Asked& asked) { return matrix.homology(asked).status == SCALEINV_INVALID_ARGUMENT; };
  CHECK(refused({.dimension = -1}));
  CHECK(refused({.dimension = INT32_MAX}));
  CHECK(refused({.modulus = 1}));
  CHECK(refused({.modulus = 9}));
  CHECK(refused({.modulus = 32771}));
  CHECK(refused({.threshold = -1}));
  CHECK(refused({.flags = 256}));
  CHECK(refused({.flags = 2 | 4}));
  CHECK(refused({.flags = 1 | 2}));
  CHECK(refused({.threads = 0}));
  CHECK(refused({.limit = -1}));
  // an offset beyond the end is refused before anything there is read
  Lists lists = matrix.lists(INFINITY);
  lists.offsets[1] = int64_t{1} << 40;
  CHECK(lists.homology({}).status == SCALEINV_INVALID_ARGUMENT);
  CHECK(scaleinv_homology_pairs(nullptr, 0) == -1);
  scaleinv_homology_release(nullptr);
}

}  // namespace

int main() {
  agreement();
  given_critical_simplices();
  refusals();
  return check::result();
}
