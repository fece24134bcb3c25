// Distances of a tile. Euclidean forms and angles: 2·d FLOP a pair as matrix products, one multiply-add an instruction
// and lane; from differences two instructions; Manhattan and Chebyshev three. A block of `rows` by `panel` sums stays in
// registers while the coordinates pass.
//
// Compiled once an instruction set, with SCALEINV_LEVEL naming it.
#include "distance_kernels.hpp"

#include "distance_vector.hpp"
#include "scaleinv.h"

namespace scaleinv {
namespace {

#if defined(__AVX512F__)
constexpr int rows = 8;
constexpr int vectors = 2;
#elif defined(__AVX2__)
constexpr int rows = 4;
constexpr int vectors = 3;
#else
constexpr int rows = 4;
constexpr int vectors = 2;
#endif
constexpr int64_t panel = vectors * lanes;
constexpr int64_t tile = distance_tile;
static_assert(tile % panel == 0 && panel % rows == 0);

// Coordinates that are summed in registers before they join the tile. It bounds the cache that a tile needs, and the
// error of a sum to that of depth + d/depth additions.
constexpr int64_t depth = 256;

// Below this fraction of ‖x‖² + ‖y‖² what the expansion of d² leaves has lost three digits.
constexpr float near_fraction = 1e-3f;

struct Product {
  static Vector step(Vector sum, Vector a, Vector b) { return multiply_add(a, b, sum); }
  static Vector join(Vector a, Vector b) { return a + b; }
};

struct SquaredDifference {
  static Vector step(Vector sum, Vector a, Vector b) { return multiply_add(a - b, a - b, sum); }
  static Vector join(Vector a, Vector b) { return a + b; }
};

struct AbsoluteDifference {
  static Vector step(Vector sum, Vector a, Vector b) { return sum + magnitude(a - b); }
  static Vector join(Vector a, Vector b) { return a + b; }
};

struct LargestDifference {
  static Vector step(Vector largest, Vector a, Vector b) { return larger(largest, magnitude(a - b)); }
  static Vector join(Vector a, Vector b) { return larger(a, b); }
};

// sums (rows, panel), joined with what they hold unless `first`.
template <class Term>
inline void sum_block(const float* left, const float* right, int64_t count, bool first, float* sums, int64_t stride) {
  Vector sum[rows][vectors] = {};
  for (int64_t c = 0; c < count; c++) {
    Vector b[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
      b[v] = load(right + c * panel + v * lanes);
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) {
      const Vector a = every(left[c * panel + r]);
#pragma GCC unroll 4
      for (int v = 0; v < vectors; v++) {
        sum[r][v] = Term::step(sum[r][v], a, b[v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
      float* to = sums + r * stride + v * lanes;
      store(to, first ? sum[r][v] : Term::join(load(to), sum[r][v]));
    }
  }
}

template <class Term>
void sum_tile(const DistanceTile& t, float* sums) {
  const int64_t whole = panel * t.coordinates;
  for (int64_t c = 0; c < t.coordinates; c += depth) {
    const int64_t count = t.coordinates - c < depth ? t.coordinates - c : depth;
    for (int64_t b = 0; b < t.right.count; b++) {
      const int64_t lefts = t.diagonal ? b + 1 : t.left.count;
      for (int64_t a = 0; a < lefts; a++) {
        for (int64_t r = 0; r < panel; r += rows) {
          sum_block<Term>(t.left.packed + a * whole + c * panel + r, t.right.packed + b * whole + c * panel, count,
                          c == 0, sums + (a * panel + r) * tile + b * panel, tile);
        }
      }
    }
  }
}

struct Root {
  static Vector of(Vector square) { return root(square); }
};

struct Square {
  static Vector of(Vector square) { return square; }
};

struct Angle {
  static Vector of(Vector square) {
    const Vector half = square * 0.5f;
    return half > 2.0f ? every(2.0f) : half;
  }
};

// d² from x·y, not below 0; NaN stays.
struct Expanded {
  Vector square;
  Bits near;

  Expanded(Vector product, Vector left_square, Vector right_square) {
    const Vector squares = left_square + right_square;
    square = multiply_add(every(-2.0f), product, squares);
    // also where overflow has left ∞, or no number
    near = ~((square >= near_fraction * squares) & (square < __builtin_inff()));
    square = square < 0.0f ? Vector{} : square;
  }
};

// One block of a tile: `rows` points of left, a panel of right. values holds x·y, then the distance.
struct Block {
  const float* left;
  const float* left_squares;
  const float* right;
  const float* right_squares;
  float* values;

  float* value(int r, int v) const { return values + r * tile + v * lanes; }
  Expanded expanded(int r, int v) const {
    return Expanded(load(value(r, v)), every(left_squares[r]), load(right_squares + v * lanes));
  }
};

// Where one pair is near, the whole block is summed from differences, and the pairs that are near take theirs. A cloud
// whose pairs are all near took 2.2 times the processor's time of one without (5,000 x 768); pair by pair, a chain of
// dependent additions each, it would be many times more.
template <class Result>
void finish_near(const Block& b, int64_t coordinates) {
  float direct[rows * panel] = {};
  for (int64_t c = 0; c < coordinates; c += depth) {
    const int64_t count = coordinates - c < depth ? coordinates - c : depth;
    sum_block<SquaredDifference>(b.left + c * panel, b.right + c * panel, count, c == 0, direct, panel);
  }
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      const Expanded expanded = b.expanded(r, v);
      const Vector square = expanded.near ? load(direct + r * panel + v * lanes) : expanded.square;
      store(b.value(r, v), Result::of(square));
    }
  }
}

template <class Result>
void finish(const Block& b, int64_t coordinates) {
  Bits near{};
  Vector finished[rows][vectors];
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      const Expanded expanded = b.expanded(r, v);
      near |= expanded.near;
      finished[r][v] = Result::of(expanded.square);
    }
  }
  if (any(near)) {
    return finish_near<Result>(b, coordinates);
  }
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      store(b.value(r, v), finished[r][v]);
    }
  }
}

template <class Result>
void euclidean_tile(const DistanceTile& t, float* values) {
  sum_tile<Product>(t, values);
  const int64_t whole = panel * t.coordinates;
  for (int64_t b = 0; b < t.right.count; b++) {
    const int64_t lefts = t.diagonal ? b + 1 : t.left.count;
    for (int64_t a = 0; a < lefts; a++) {
      for (int64_t r = 0; r < panel; r += rows) {
        finish<Result>({t.left.packed + a * whole + r, t.left.squares + a * panel + r, t.right.packed + b * whole,
                        t.right.squares + b * panel, values + (a * panel + r) * tile + b * panel},
                       t.coordinates);
      }
    }
  }
}

void product_tile(const DistanceTile& t, float* values) {
  sum_tile<Product>(t, values);
  for (int64_t r = 0; r < t.left.count * panel; r++) {
    for (int64_t v = t.diagonal ? r / panel * vectors : 0; v < t.right.count * vectors; v++) {
      float* value = values + r * tile + v * lanes;
      Vector product = load(value);
      product = product > 1.0f ? every(1.0f) : product;
      store(value, product < -1.0f ? every(-1.0f) : product);
    }
  }
}

void distances(int32_t metric, const DistanceTile& t, float* values) {
  switch (metric) {
    case metric_product: return product_tile(t, values);
    case SCALEINV_METRIC_EUCLIDEAN: return euclidean_tile<Root>(t, values);
    case SCALEINV_METRIC_SQUARED_EUCLIDEAN: return euclidean_tile<Square>(t, values);
    case SCALEINV_METRIC_COSINE:
    case SCALEINV_METRIC_CORRELATION: return euclidean_tile<Angle>(t, values);
    case SCALEINV_METRIC_MANHATTAN: return sum_tile<AbsoluteDifference>(t, values);
    case SCALEINV_METRIC_CHEBYSHEV: return sum_tile<LargestDifference>(t, values);
    default: break;
  }
}

// The points' directions: in double precision, rounded once. A constant point less its mean is exactly zero, and zero
// times its reciprocal length is not a number.
void directions(float* packed, int64_t points, int64_t coordinates, bool centre) {
  double mean[panel] = {};
  if (centre) {
    for (int64_t c = 0; c < coordinates; c++) {
      for (int64_t p = 0; p < panel; p++) {
        mean[p] += static_cast<double>(packed[c * panel + p]);
      }
    }
    for (int64_t p = 0; p < panel; p++) {
      mean[p] /= static_cast<double>(coordinates);
    }
  }
  double factor[panel] = {};
  for (int64_t c = 0; c < coordinates; c++) {
    for (int64_t p = 0; p < panel; p++) {
      const double x = static_cast<double>(packed[c * panel + p]) - mean[p];
      factor[p] += x * x;
    }
  }
  for (int64_t p = 0; p < panel; p++) {
    factor[p] = p < points ? 1.0 / __builtin_sqrt(factor[p]) : 0.0;
  }
  for (int64_t c = 0; c < coordinates; c++) {
    for (int64_t p = 0; p < panel; p++) {
      float& x = packed[c * panel + p];
      x = static_cast<float>((static_cast<double>(x) - mean[p]) * factor[p]);
    }
  }
}

void prepare(int32_t metric, float* packed, int64_t points, int64_t coordinates, float* squares) {
  if (metric == SCALEINV_METRIC_COSINE || metric == SCALEINV_METRIC_CORRELATION) {
    directions(packed, points, coordinates, metric == SCALEINV_METRIC_CORRELATION);
  }
  double sums[panel] = {};
  for (int64_t c = 0; c < coordinates; c++) {
    for (int64_t p = 0; p < panel; p++) {
      const auto x = static_cast<double>(packed[c * panel + p]);
      sums[p] += x * x;
    }
  }
  for (int64_t p = 0; p < panel; p++) {
    squares[p] = static_cast<float>(sums[p]);
  }
}

}  // namespace

extern const DistanceKernels SCALEINV_LEVEL = {panel, distances, prepare};

}  // namespace scaleinv
