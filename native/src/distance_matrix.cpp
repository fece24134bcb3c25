// Distance matrices that were computed elsewhere: completed in place and checked. Floor: one read of what is given, one
// write of the matrix.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "status.hpp"
#include "workers.hpp"

namespace scaleinv {
namespace {

// Rows and columns of a tile that is transposed at a time: 4 KB.
constexpr int64_t tile = 32;
// Rows that a thread checks at a time.
constexpr int64_t rows_together = 64;

constexpr uint32_t infinity = std::bit_cast<uint32_t>(std::numeric_limits<float>::infinity());

// Bits of floats ≥ 0 stand in the order of the floats; those of negative ones and of NaN come behind infinity.
struct Range {
  uint32_t least = UINT32_MAX;
  uint32_t greatest = 0;
  uint32_t greatest_finite = 0;

  void join(const Range& other) {
    least = std::min(least, other.least);
    greatest = std::max(greatest, other.greatest);
    greatest_finite = std::max(greatest_finite, other.greatest_finite);
  }

  bool sound() const { return greatest <= infinity; }

  void write(float* range) const {
    constexpr float none = std::numeric_limits<float>::infinity();
    const bool some = least <= infinity;
    range[0] = some ? std::bit_cast<float>(least) : none;
    range[1] = some ? std::bit_cast<float>(greatest) : -none;
    range[2] = some && least < infinity ? std::bit_cast<float>(greatest_finite) : -none;
  }
};

// Adding 0 makes −0 to 0.
Range taken(float* values, int64_t count) {
  Range range;
  for (int64_t i = 0; i < count; i++) {
    values[i] += 0.0f;
    const uint32_t bits = std::bit_cast<uint32_t>(values[i]);
    range.least = std::min(range.least, bits);
    range.greatest = std::max(range.greatest, bits);
    range.greatest_finite = std::max(range.greatest_finite, bits < infinity ? bits : 0u);
  }
  return range;
}

bool is_distance(float value) { return value >= 0; }

struct Fault {
  int64_t row = -1;
  int64_t column = -1;
};

class DistanceMatrix {
 public:
  DistanceMatrix(float* matrix, int64_t points, int32_t threads)
      : matrix_(matrix), points_(points), threads_(threads) {}

  // Rows go to their places from the last on: none lies behind its place, so none is overwritten before its turn.
  Range spread_lower(Fault& fault) {
    Range range;
    for (int64_t i = points_ - 1; i > 0; i--) {
      range.join(moved(matrix_ + i * (i - 1) / 2, row(i), i));
    }
    if (!range.sound()) {
      find(fault, [this](int64_t i, int64_t j) { return j < i && !is_distance(row(i)[j]); });
    }
    mirror([this](int64_t i, int64_t j) { return row(i) + j; }, [this](int64_t i, int64_t j) { return row(j) + i; });
    return range;
  }

  Range spread_upper(Fault& fault) {
    Range range;
    for (int64_t i = points_ - 2; i >= 0; i--) {
      range.join(moved(matrix_ + i * (2 * points_ - i - 1) / 2, row(i) + i + 1, points_ - 1 - i));
    }
    if (!range.sound()) {
      find(fault, [this](int64_t i, int64_t j) { return j > i && !is_distance(row(i)[j]); });
    }
    mirror([this](int64_t i, int64_t j) { return row(j) + i; }, [this](int64_t i, int64_t j) { return row(i) + j; });
    return range;
  }

  Range check_square(Fault& fault) {
    const int64_t groups = (points_ + rows_together - 1) / rows_together;
    std::vector<Range> ranges(static_cast<std::size_t>(groups));
    for_each_task(groups, threads_, [&](int64_t group) {
      for (int64_t i = group * rows_together; i < std::min(points_, (group + 1) * rows_together); i++) {
        auto& range = ranges[static_cast<std::size_t>(group)];
        range.join(taken(row(i), i));
        row(i)[i] += 0.0f;
        range.join(taken(row(i) + i + 1, points_ - i - 1));
      }
    });
    Range range;
    for (const Range& part : ranges) {
      range.join(part);
    }
    if (!range.sound() || !symmetric()) {
      find(fault, [this](int64_t i, int64_t j) {
        const float entry = row(i)[j];
        return i == j ? entry != 0 : !is_distance(entry) || (j < i && is_distance(row(j)[i]) && entry != row(j)[i]);
      });
    }
    return range;
  }

 private:
  float* matrix_;
  int64_t points_;
  int32_t threads_;

  float* row(int64_t i) const { return matrix_ + i * points_; }

  static Range moved(const float* source, float* target, int64_t count) {
    std::memmove(target, source, static_cast<std::size_t>(count) * sizeof(float));
    return taken(target, count);
  }

  // Writes the entry (i, j < i) at `from` to `to`, tile by tile, and the diagonal.
  template <class From, class To>
  void mirror(const From& from, const To& to) {
    for_each_tile([&](int64_t i0, int64_t i1, int64_t j0, int64_t j1) {
      for (int64_t i = i0; i < i1; i++) {
        for (int64_t j = j0; j < std::min(j1, i); j++) {
          *to(i, j) = *from(i, j);
        }
        if (i < j1) {
          row(i)[i] = 0;
        }
      }
    });
  }

  bool symmetric() const {
    std::vector<char> broken(static_cast<std::size_t>((points_ + tile - 1) / tile));
    for_each_tile([&](int64_t i0, int64_t i1, int64_t j0, int64_t j1) {
      bool equal = true;
      for (int64_t i = i0; i < i1; i++) {
        for (int64_t j = j0; j < std::min(j1, i); j++) {
          equal &= row(i)[j] == row(j)[i];
        }
        equal &= i >= j1 || row(i)[i] == 0;
      }
      if (!equal) {
        broken[static_cast<std::size_t>(i0 / tile)] = 1;
      }
    });
    return std::find(broken.begin(), broken.end(), 1) == broken.end();
  }

  // All tiles of the lower triangle and the diagonal; those of one row of tiles on one thread.
  template <class Work>
  void for_each_tile(const Work& work) const {
    for_each_task((points_ + tile - 1) / tile, threads_, [&](int64_t group) {
      const int64_t begin = group * tile;
      const int64_t end = std::min(points_, begin + tile);
      for (int64_t column = 0; column <= begin; column += tile) {
        work(begin, end, column, std::min(points_, column + tile));
      }
    });
  }

  template <class Broken>
  void find(Fault& fault, const Broken& broken) const {
    for (int64_t i = 0; i < points_; i++) {
      for (int64_t j = 0; j < points_; j++) {
        if (broken(i, j)) {
          fault = {i, j};
          return;
        }
      }
    }
  }
};

Range complete(float* matrix, int64_t points, int32_t packing, int32_t threads, Fault& fault) {
  DistanceMatrix distances(matrix, points, threads);
  switch (packing) {
    case SCALEINV_PACKING_LOWER: return distances.spread_lower(fault);
    case SCALEINV_PACKING_UPPER: return distances.spread_upper(fault);
    case SCALEINV_PACKING_SQUARE: return distances.check_square(fault);
    default: throw Failure(SCALEINV_INVALID_ARGUMENT, "packing is unknown");
  }
}

}  // namespace
}  // namespace scaleinv

int32_t scaleinv_distance_matrix(float* matrix, int64_t points, int32_t packing, int32_t threads, float* range,
                                 int64_t* fault) {
  return scaleinv::guarded([&] {
    scaleinv::require(matrix != nullptr && range != nullptr && fault != nullptr, "matrix, range or fault is null");
    scaleinv::require(points >= 0, "points is negative");
    scaleinv::require(threads >= 1, "threads is below 1");
    scaleinv::checked_product(points, points);
    scaleinv::Fault first;
    scaleinv::complete(matrix, points, packing, threads, first).write(range);
    fault[0] = first.row;
    fault[1] = first.column;
  });
}
