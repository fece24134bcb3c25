// Every eigenvalue is enclosed by Sturm counts (Barth, Martin, Wilkinson, Numer. Math. 9, 1967): brackets are halved until
// they hold one eigenvalue, then cut where inverse quadratic interpolation of the characteristic polynomial puts it
// (Chandrupatla, Adv. Eng. Softw. 28, 1997), until they are as narrow as rounding allows. Nine to ten evaluations an
// eigenvalue of a Gram matrix; a cluster that rounding cannot part takes fifty together.
#include "tridiagonal.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "scale.hpp"
#include "status.hpp"
#include "sturm.hpp"

namespace scaleinv {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// Of the largest entry: couplings up to it are dropped, which moves no eigenvalue by more than ε/2 of that entry, so that
// the minors of what is left never vanish.
constexpr double negligible = 0x1p-54;

// A search of a single eigenvalue that takes longer than this goes on by halving alone, which ends after fifty more.
constexpr int most_interpolations = 30;

// The eigenvalues between two points: `newest` was evaluated last, `before` is an end of the bracket that this one is
// part of, or was.
struct Bracket {
  SturmPoint newest;
  SturmPoint other;
  SturmPoint before;
  int interpolations;

  double length() const { return std::abs(other.x - newest.x); }
  double middle() const { return 0.5 * (newest.x + other.x); }
  int64_t first() const { return std::min(newest.count, other.count); }
  int64_t last() const { return std::max(newest.count, other.count); }
  bool single() const { return last() - first() == 1; }

  // Where to cut. Half a tolerance from an end at least: an estimate that close to it is confirmed from the other side.
  double cut(double tolerance) const {
    const double least = 0.5 * tolerance / length();
    const double share = single() && interpolations <= most_interpolations ? interpolated() : 0.5;
    return newest.x + std::clamp(share, least, 1 - least) * (other.x - newest.x);
  }

  // The share of the way from newest to other at which the polynomial is zero; half, unless the three points lie on what
  // can be the inverse of a function.
  double interpolated() const {
    const int64_t top = std::max({newest.exponent, other.exponent, before.exponent});
    const double a = at_scale(newest, top);
    const double b = at_scale(other, top);
    const double c = at_scale(before, top);
    const double place = (newest.x - other.x) / (before.x - other.x);
    const double height = (a - b) / (c - b);
    if (!(height * height < place && (1 - height) * (1 - height) < 1 - place)) {
      return 0.5;
    }
    const double reach = (before.x - newest.x) / (other.x - newest.x);
    return a / (b - a) * c / (b - c) + reach * a / (c - a) * b / (c - b);
  }

  // value·2^(exponent − top), for exponents up to top
  static double at_scale(const SturmPoint& point, int64_t top) {
    const int64_t exponent = std::max<int64_t>(point.exponent - top, -1022);
    return point.value * std::bit_cast<double>((1023 + exponent) << 52);
  }
};

// A matrix times 2^−exponent, with entries up to 1, and an interval that holds its eigenvalues.
struct Scaled {
  Tridiagonal matrix;
  int exponent = 0;
  double low = 0;
  double high = 0;

  Scaled(const double* diagonal, const double* off_diagonal, int64_t order) {
    std::frexp(std::max(largest_magnitude(diagonal, order), largest_magnitude(off_diagonal, order - 1)), &exponent);
    double left = 0;
    for (int64_t i = 0; i < order; i++) {
      const double centre = std::ldexp(diagonal[i], -exponent);
      const double right = i + 1 < order ? std::abs(std::ldexp(off_diagonal[i], -exponent)) : 0.0;
      matrix.diagonal.push_back(centre);
      matrix.squares.push_back(left * left);
      low = std::min(low, centre - left - right);
      high = std::max(high, centre + left + right);
      left = right;
    }
  }

  double tolerance() const { return 4 * epsilon * std::max(-low, high); }

  Bracket all() const {
    std::vector<SturmPoint> ends{{low - tolerance(), 0, 0, 0}, {high + tolerance(), 0, 0, 0}};
    sturm_evaluate(matrix, ends);
    ends[0].count = 0;
    ends[1].count = static_cast<int64_t>(matrix.diagonal.size());
    return {ends[0], ends[1], ends[1], 0};
  }
};

// Of a matrix without negligible couplings, in no order.
void block_eigenvalues(const double* diagonal, const double* off_diagonal, int64_t order, double* values) {
  if (order == 1) {
    values[0] = diagonal[0];
    return;
  }
  const Scaled scaled(diagonal, off_diagonal, order);
  const double tolerance = scaled.tolerance();
  std::vector<Bracket> open{scaled.all()};
  std::vector<Bracket> parts;
  std::vector<SturmPoint> cuts;
  while (!open.empty()) {
    cuts.clear();
    for (const Bracket& bracket : open) {
      cuts.push_back({bracket.cut(tolerance), 0, 0, 0});
    }
    sturm_evaluate(scaled.matrix, cuts);
    parts.clear();
    for (std::size_t i = 0; i < open.size(); i++) {
      const Bracket& whole = open[i];
      SturmPoint& cut = cuts[i];
      // counts of points a few ε apart may be out of order
      cut.count = std::clamp(cut.count, whole.first(), whole.last());
      for (const auto& [end, beyond] : {std::pair{whole.newest, whole.other}, {whole.other, whole.newest}}) {
        const Bracket part{cut, end, beyond, whole.single() ? whole.interpolations + 1 : 0};
        if (part.length() > tolerance && part.first() < part.last()) {
          parts.push_back(part);
        } else {
          std::fill(values + part.first(), values + part.last(), std::ldexp(part.middle(), scaled.exponent));
        }
      }
    }
    std::swap(open, parts);
  }
}

}  // namespace

void tridiagonal_eigenvalues(const double* diagonal, const double* off_diagonal, int64_t order, double* values) {
  const double largest = std::max(largest_magnitude(diagonal, order), largest_magnitude(off_diagonal, order - 1));
  int64_t first = 0;
  for (int64_t next = 1; next <= order; next++) {
    if (next == order || std::abs(off_diagonal[next - 1]) <= negligible * largest) {
      block_eigenvalues(diagonal + first, off_diagonal + first, next - first, values + first);
      first = next;
    }
  }
  std::sort(values, values + order);
}

}  // namespace scaleinv
