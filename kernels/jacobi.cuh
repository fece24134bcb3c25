// One-sided Jacobi rotations of the triangle of a matrix, by one block: what singular values and vectors share.
#pragma once

#include "householder.cuh"

namespace jacobi {

constexpr int most = 128;
constexpr int held = 8;  // entries of a column in a lane's registers: 8 · 16 lanes are the most
constexpr double epsilon = 0x1p-52;
constexpr unsigned whole_warp = 0xffffffffu;
constexpr int64_t infinite_bits = 0x7ff0000000000000;

struct Shared {
  double norm[most];  // squared lengths of columns; lengths in the end
  double diagonal[most];
  double tau[most];
  double scale[most];
  int32_t place[most];
  unsigned long long largest;
};

// k vectors of a matrix along its long side.
struct Vectors {
  const double* data;
  int64_t rows;
  int64_t columns;
  bool tall;
  int k;
  int64_t length;

  __device__ __forceinline__ Vectors(const double* data, int64_t rows, int64_t columns)
      : data(data),
        rows(rows),
        columns(columns),
        tall(rows > columns),
        k(static_cast<int>(tall ? columns : rows)),
        length(tall ? rows : columns) {}

  __device__ __forceinline__ double at(int vector, int64_t i) const {
    return tall ? data[i * columns + vector] : data[vector * columns + i];
  }
};

// The exponent that scaling takes away; most_exponent + 1 where an entry is NaN or infinite.
constexpr int most_exponent = 1024;

__device__ __forceinline__ int common_exponent(const Vectors& vectors, Shared& shared) {
  if (threadIdx.x == 0) {
    shared.largest = 0;
  }
  __syncthreads();
  // magnitudes order as their bits do, a NaN last
  long long largest = 0;
  for (int64_t i = threadIdx.x; i < vectors.k * vectors.length; i += blockDim.x) {
    largest = max(largest, static_cast<long long>(__double_as_longlong(fabs(vectors.data[i]))));
  }
  atomicMax(&shared.largest, static_cast<unsigned long long>(largest));
  __syncthreads();
  const auto bits = static_cast<long long>(shared.largest);
  if (bits >= infinite_bits) {
    return most_exponent + 1;
  }
  return bits == 0 ? 0 : ilogb(__longlong_as_double(bits)) + 1;
}

// place[j] = how many values come before value j when they descend.
__device__ __forceinline__ void rank_descending(const double* values, int k, int32_t* place) {
  for (int j = threadIdx.x; j < k; j += blockDim.x) {
    int before = 0;
    for (int i = 0; i < k; i++) {
      before += values[i] > values[j] || (values[i] == values[j] && i < j) ? 1 : 0;
    }
    place[j] = before;
  }
  __syncthreads();
}

// a = the vectors times 2^−exponent, longest first, `lead` apart; place[j] is where vector j went.
__device__ __forceinline__ void load(const Vectors& vectors, int exponent, const Group& group, double* a, int64_t lead,
                                     Shared& shared) {
  for (int base = 0; base < vectors.k; base += group.count) {
    const int j = base + group.index;
    double square = 0.0;
    for (int64_t i = group.lane; j < vectors.k && i < vectors.length; i += group.lanes) {
      const double value = scalbn(vectors.at(j, i), -exponent);
      square = fma(value, value, square);
    }
    square = group.sum(square);
    if (j < vectors.k && group.lane == 0) {
      shared.norm[j] = square;
    }
  }
  __syncthreads();
  rank_descending(shared.norm, vectors.k, shared.place);
  for (int64_t i = threadIdx.x; i < vectors.k * vectors.length; i += blockDim.x) {
    const int64_t row = i / vectors.columns;
    const int64_t column = i % vectors.columns;
    const int64_t vector = vectors.tall ? column : row;
    a[shared.place[vector] * lead + (vectors.tall ? row : column)] = scalbn(vectors.data[i], -exponent);
  }
  __syncthreads();
}

// y = (I − tau·v·vᵀ)·y with v = (1, scale·x), `below` entries of x; y is the group's own. Called by whole warps.
__device__ __forceinline__ void reflect(const Group& group, double tau, double scale, const double* x, double* y,
                                        int64_t below, bool active) {
  const double top = active && group.lane == 0 ? y[0] : 0.0;
  double sum = 0.0;
  for (int64_t i = 1 + group.lane; active && i <= below; i += group.lanes) {
    sum = fma(x[i], y[i], sum);
  }
  sum = tau * group.sum(fma(sum, scale, top));
  for (int64_t i = 1 + group.lane; active && i <= below; i += group.lanes) {
    y[i] = fma(-sum * scale, x[i], y[i]);
  }
  if (active && group.lane == 0) {
    y[0] = top - sum;
  }
}

// a = Q·R: R above the diagonal and in shared.diagonal, reflections below it and in shared.tau and shared.scale.
__device__ __forceinline__ void triangularise(double* a, int k, int64_t length, int64_t lead, const Group& group,
                                              Shared& shared) {
  for (int j = 0; j < k; j++) {
    double* x = a + j * lead + j;
    const int64_t below = length - j - 1;
    const Reflector reflection = reflector(group, x[0], x + 1, below);
    for (int base = j + 1; base < k && reflection.tau != 0.0; base += group.count) {
      const int column = base + group.index;
      reflect(group, reflection.tau, reflection.scale, x, a + column * lead + j, below, column < k);
    }
    if (threadIdx.x == 0) {
      shared.diagonal[j] = reflection.beta;
      shared.tau[j] = reflection.tau;
      shared.scale[j] = reflection.scale;
    }
    __syncthreads();
  }
}

// x = Rᵀ: column i of x is row i of the triangle in a. Both may be the same place.
__device__ __forceinline__ void transpose_triangle(const double* a, int64_t from_lead, const Shared& shared, int k,
                                                   double* x, int lead) {
  for (int e = threadIdx.x; e < k * k; e += blockDim.x) {
    const int i = e / k;
    const int j = e % k;
    if (i < j) {
      const double upper = a[j * from_lead + i];
      x[i * lead + j] = upper;
      x[j * lead + i] = 0.0;
    } else if (i == j) {
      x[i * lead + i] = shared.diagonal[i];
    }
  }
  __syncthreads();
}

// Entries of a column in the lanes' registers, zeros behind its end.
struct Held {
  double at[held];

  __device__ __forceinline__ Held(const double* column, const Group& group, int k) {
#pragma unroll
    for (int i = 0; i < held; i++) {
      const int row = group.lane + i * group.lanes;
      at[i] = row < k ? column[row] : 0.0;
    }
  }

  __device__ __forceinline__ void put(double* column, const Group& group, int k) const {
#pragma unroll
    for (int i = 0; i < held; i++) {
      const int row = group.lane + i * group.lanes;
      if (row < k) {
        column[row] = at[i];
      }
    }
  }

  __device__ __forceinline__ double dot(const Held& other) const {
    double sum = 0.0;
#pragma unroll
    for (int i = 0; i < held; i++) {
      sum = fma(at[i], other.at[i], sum);
    }
    return sum;
  }
};

__device__ __forceinline__ void rotate(Held& x, Held& y, double c, double s) {
#pragma unroll
  for (int i = 0; i < held; i++) {
    const double before = x.at[i];
    x.at[i] = fma(c, before, -s * y.at[i]);
    y.at[i] = fma(s, before, c * y.at[i]);
  }
}

__device__ __forceinline__ void rotate_columns(double* x, double* y, double c, double s, const Group& group, int k) {
  Held first(x, group, k);
  Held second(y, group, k);
  rotate(first, second, c, s);
  first.put(x, group, k);
  second.put(y, group, k);
}

// Squared lengths of all columns.
__device__ __forceinline__ void measure(const double* x, int k, int lead, const Group& group, Shared& shared) {
  for (int base = 0; base < k; base += group.count) {
    const int j = base + group.index;
    const Held column(x + j * lead, group, j < k ? k : 0);
    const double square = group.sum(column.dot(column));
    if (j < k && group.lane == 0) {
      shared.norm[j] = square;
    }
  }
  __syncthreads();
}

// Makes columns p and q of x orthogonal, those of v (none where it is null) going with them, and tells whether they
// were not. Called by whole warps; groups without a pair come with p = q.
__device__ __forceinline__ bool orthogonalise(double* x, double* v, int p, int q, int k, int lead, const Group& group,
                                              Shared& shared) {
  const int rows = p != q ? k : 0;
  Held first(x + p * lead, group, rows);
  Held second(x + q * lead, group, rows);
  const double pq = group.sum(first.dot(second));
  const double pp = p != q ? shared.norm[p] : 0.0;
  const double qq = p != q ? shared.norm[q] : 0.0;
  const double bound = sqrt(static_cast<double>(k)) * epsilon * sqrt(pp) * sqrt(qq);
  // so that a NaN never counts as orthogonal
  const bool rotates = pp > small_square && qq > small_square && !(fabs(pq) <= bound);
  double new_pp = pp;
  double new_qq = qq;
  if (rotates) {
    const double zeta = (qq - pp) / (2.0 * pq);
    const double t = copysign(1.0, zeta) / (fabs(zeta) + sqrt(fma(zeta, zeta, 1.0)));
    const double c = 1.0 / sqrt(fma(t, t, 1.0));
    rotate(first, second, c, c * t);
    first.put(x + p * lead, group, k);
    second.put(x + q * lead, group, k);
    if (v != nullptr) {
      rotate_columns(v + p * lead, v + q * lead, c, c * t, group, k);
    }
    new_pp = fma(-t, pq, pp);
    new_qq = fma(t, pq, qq);
  }
  // most of a length gone: what is left of its square are rounding errors
  if (__any_sync(whole_warp, rotates && (new_pp < 0.01 * pp || new_qq < 0.01 * qq))) {
    new_pp = group.sum(first.dot(first));
    new_qq = group.sum(second.dot(second));
  }
  __syncwarp();
  if (rotates && group.lane == 0) {
    shared.norm[p] = new_pp;
    shared.norm[q] = new_qq;
  }
  return rotates;
}

// Rotates until the columns of x are orthogonal, those of v (none where it is null) going with them; how many sweeps
// it took, 0 when they did not suffice.
__device__ __forceinline__ int sweep(double* x, double* v, int k, int lead, int most_sweeps, const Group& group,
                                     Shared& shared) {
  const int players = k + k % 2;
  for (int done = 1; done <= most_sweeps; done++) {
    measure(x, k, lead, group, shared);
    bool rotated = false;
    for (int round = 0; round < players - 1; round++) {
      for (int base = 0; base < players / 2; base += group.count) {
        const int pair = base + group.index;
        int p = (round + pair) % (players - 1);
        int q = pair == 0 ? players - 1 : (round - pair + players - 1) % (players - 1);
        if (pair >= players / 2 || p >= k || q >= k) {
          p = 0;
          q = 0;
        }
        rotated |= orthogonalise(x, v, min(p, q), max(p, q), k, lead, group, shared);
      }
      __syncthreads();
    }
    if (__syncthreads_or(rotated) == 0) {
      return done;
    }
  }
  return 0;
}

// Lengths and their ranks, and the values with the outcome behind them.
__device__ __forceinline__ void finish(const double* x, int k, int lead, int exponent, int sweeps, const Group& group,
                                       Shared& shared, int32_t* rank, double* values) {
  measure(x, k, lead, group, shared);
  for (int j = threadIdx.x; j < k; j += blockDim.x) {
    shared.norm[j] = shared.norm[j] > small_square ? sqrt(shared.norm[j]) : 0.0;
  }
  __syncthreads();
  rank_descending(shared.norm, k, rank);
  for (int j = threadIdx.x; j < k; j += blockDim.x) {
    values[rank[j]] = scalbn(shared.norm[j], exponent);
  }
  if (threadIdx.x == 0) {
    values[k] = sweeps;
  }
}

__device__ __forceinline__ int lanes_for(int k) { return k > 64 ? 16 : 8; }

}  // namespace jacobi
