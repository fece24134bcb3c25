// Largest values of the rows and columns of a tile in one pass: a comparison and two selections each for every vector.
//
// Compiled once an instruction set, with SCALEINV_CORRELATIONS naming it.
#include "correlation_kernels.hpp"

#include "distance_kernels.hpp"
#include "distance_vector.hpp"

namespace scaleinv {
namespace {

constexpr int64_t tile = distance_tile;
constexpr int64_t vectors = tile / lanes;
static_assert(tile % lanes == 0);

Bits load_bits(const int32_t* from) {
  Bits v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}

void store_bits(int32_t* to, Bits v) { __builtin_memcpy(to, &v, sizeof v); }

// A comparison with NaN is false. Later values come at later places, so that > leaves the first of equal ones.
struct Running {
  Vector value;
  Bits place;

  void take(Vector other, Bits at) {
    const Bits better = other > value;
    value = better ? other : value;
    place = better ? at : place;
  }
};

void largest_of_lanes(const Running& running, float* value, int32_t* place) {
  *value = running.value[0];
  *place = running.place[0];
  for (int lane = 1; lane < lanes; lane++) {
    const float other = running.value[lane];
    const int32_t at = running.place[lane];
    // a place of −1 comes with −∞, which no correlation is
    if (other > *value || (other == *value && at < *place)) {
      *value = other;
      *place = at;
    }
  }
}

void largest(const float* values, int64_t rows, const LargestOfTile& found) {
  const Vector least = every(-__builtin_inff());
  const Bits none = Bits{} - 1;
  Bits first_columns{};
  for (int lane = 0; lane < lanes; lane++) {
    first_columns[lane] = lane;
  }
  for (int64_t v = 0; v < vectors; v++) {
    store(found.of_columns + v * lanes, least);
    store_bits(found.rows + v * lanes, none);
  }
  for (int64_t r = 0; r < rows; r++) {
    Running row{least, none};
    const Bits this_row = Bits{} + static_cast<int32_t>(r);
    Bits columns = first_columns;
    for (int64_t v = 0; v < vectors; v++) {
      const Vector value = load(values + r * tile + v * lanes);
      row.take(value, columns);
      columns += lanes;
      Running column{load(found.of_columns + v * lanes), load_bits(found.rows + v * lanes)};
      column.take(value, this_row);
      store(found.of_columns + v * lanes, column.value);
      store_bits(found.rows + v * lanes, column.place);
    }
    largest_of_lanes(row, found.of_rows + r, found.columns + r);
  }
}

}  // namespace

extern const CorrelationKernels SCALEINV_CORRELATIONS = {largest};

}  // namespace scaleinv
