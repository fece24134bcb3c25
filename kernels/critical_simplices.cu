// The critical simplices of a Vietoris–Rips filtration, as native/include/scaleinv_homology.h defines them: those that no
// apparent pair by longest edge holds, the columns of the reduction. Of ranks (n, stride) and ends, by
// kernels/vietoris_rips.cu; pairs that are no edge, and what fills a row up, have the rank 2^32 − 1.
//
//   critical_edges(ranks, stride, ends, from, count, starts, counts, simplices)
//   critical_simplices(ranks, stride, ends, from, count, dimension, starts, counts, simplices, largest), dimension ≥ 2:
//     those whose longest edge is one of from … from + count − 1. With starts null, counts (count) receives how many each
//     edge has; otherwise those of edge from + e go to simplices (…, dimension + 1) from row starts[e] on, as vertices: the
//     two of the longest edge, then the others, ascending. starts (count + 1) are the sums of the counts. largest, unless
//     null, grows to the size of the largest lune: no dimension above it has a column.
// stride is a multiple of 128.
//
// A simplex (e, R) is critical where no vertex above R carries it on, and max R is not the last that carries R without it
// on. What carries on are the vertices of the lune of e, above R and joined to all of R by edges before e. They are a set
// of bits over the lune, one set for each vertex of R but the last: a search in depth, a warp an edge. In the last set a
// member is open until one above it is found to be joined to it. First the highest members are taken, each with all that
// is open below it, which closes most; when a round closes less than it costs, what is still open is taken one by one.
// Where the highest member of a set is joined to all others, everything below is apparent.
//
// Geometry: a warp an edge; critical_edges 8 of them a block, critical_simplices as many as `warp_bytes` of dynamic shared
// memory allow, 8 at most. critical_edges looks at 128 vertices at a time and ends with the first in the lune.
// Floor: the ranks and the ends once, 4·n² + 4·edges bytes, and a count an edge; what is done beyond depends on the
// filtration and is comparisons of integers, read from the L2 cache: the two rows of each edge, then at least one rank for
// each member of its lune. Exact.
//   cost critical_edges: n=5000 edges=6000000; bytes=4*(n*n+2*edges); block=256
//   cost critical_simplices: n=1000 edges=450000; bytes=4*(n*n+2*edges); block=256; dynamic=8*(2*1024+2*128+16)
#include "kernel.cuh"

namespace critical {

constexpr unsigned all_lanes = 0xffffffffu;

struct Edge {
  uint32_t rank;
  int i;
  int j;

  __device__ __forceinline__ Edge(const uint32_t* ends, int64_t rank)
      : rank(static_cast<uint32_t>(rank)),
        i(static_cast<int>(ends[rank] & 0xffffu)),
        j(static_cast<int>(ends[rank] >> 16)) {}
};

__device__ __forceinline__ int64_t edge_of_warp() {
  return static_cast<int64_t>(blockIdx.x) * (blockDim.x / 32) + threadIdx.x / 32;
}

__device__ __forceinline__ bool any_before(const uint4& i, const uint4& j, uint32_t rank) {
  return max(i.x, j.x) < rank || max(i.y, j.y) < rank || max(i.z, j.z) < rank || max(i.w, j.w) < rank;
}

__device__ __forceinline__ bool has_empty_lune(const uint32_t* ranks, int64_t stride, const Edge& edge) {
  const auto* of_i = reinterpret_cast<const uint4*>(ranks + edge.i * stride);
  const auto* of_j = reinterpret_cast<const uint4*>(ranks + edge.j * stride);
  for (int64_t at = threadIdx.x % 32; at < stride / 4; at += 32) {
    if (__any_sync(all_lanes, any_before(of_i[at], of_j[at], edge.rank))) {
      return false;
    }
  }
  return true;
}

__device__ __forceinline__ uint32_t above(int place, int word) {
  const int within = place - 32 * word;
  return within < 0 ? all_lanes : within >= 31 ? 0u : all_lanes << (within + 1);
}

__device__ __forceinline__ uint32_t below(int place, int word) {
  const int within = place - 32 * word;
  return within <= 0 ? 0u : within >= 32 ? all_lanes : (1u << within) - 1;
}

// The vertices joined to both ends of an edge by edges before it, ascending, by their places among each other.
struct Lune {
  const uint32_t* ranks;
  int64_t stride;
  uint32_t rank;
  uint16_t* vertices;
  int size;

  __device__ __forceinline__ Lune(const uint32_t* ranks, int64_t stride, const Edge& edge, uint16_t* vertices)
      : ranks(ranks), stride(stride), rank(edge.rank), vertices(vertices), size(0) {
    const int lane = threadIdx.x % 32;
    const uint32_t* of_i = ranks + edge.i * stride;
    const uint32_t* of_j = ranks + edge.j * stride;
    for (int from = 0; from < stride; from += 128) {
      bool inside[4];
#pragma unroll
      for (int load = 0; load < 4; load++) {
        const int vertex = from + load * 32 + lane;
        inside[load] = max(of_i[vertex], of_j[vertex]) < rank;
      }
#pragma unroll
      for (int load = 0; load < 4; load++) {
        const unsigned there = __ballot_sync(all_lanes, inside[load]);
        if (inside[load]) {
          vertices[size + __popc(there & ((1u << lane) - 1))] = static_cast<uint16_t>(from + load * 32 + lane);
        }
        size += __popc(there);
      }
    }
    __syncwarp();
  }

  __device__ __forceinline__ int words() const { return (size + 31) / 32; }

  __device__ __forceinline__ const uint32_t* row(int place) const { return ranks + vertices[place] * stride; }

  // Which of the 32 vertices of a word are joined before the edge to the one whose row that is.
  __device__ __forceinline__ uint32_t joined(const uint32_t* row, int word) const {
    const int place = 32 * word + threadIdx.x % 32;
    return __ballot_sync(all_lanes, place < size && row[vertices[place]] < rank);
  }
};

// The highest member below a place; negative where there is none.
__device__ __forceinline__ int highest_below(const uint32_t* members, int place) {
  for (int word = (place - 1) / 32; word >= 0 && place > 0; word--) {
    const uint32_t left = members[word] & below(place, word);
    if (left != 0) {
      return 32 * word + 31 - __clz(static_cast<int>(left));
    }
  }
  return -1;
}

// The lowest member above a place; negative where there is none.
__device__ __forceinline__ int lowest_above(const uint32_t* members, int words, int place) {
  for (int word = (place + 1) / 32; word < words; word++) {
    const uint32_t left = members[word] & above(place, word);
    if (left != 0) {
      return 32 * word + __ffs(static_cast<int>(left)) - 1;
    }
  }
  return -1;
}

// Where the simplices of an edge go, or how many there are.
struct Found {
  int32_t* simplices;  // those of the edge; null to count alone
  int dimension;
  int count;

  __device__ __forceinline__ void add(const Edge& edge, const Lune& lune, const int* picked, int last) {
    const int lane = threadIdx.x % 32;
    if (simplices != nullptr && lane <= dimension) {
      const int other = lane - 2 < dimension - 2 && lane >= 2 ? picked[lane - 2] : last;
      const int vertex = lane == 0 ? edge.i : lane == 1 ? edge.j : lune.vertices[other];
      simplices[static_cast<int64_t>(count) * (dimension + 1) + lane] = vertex;
    }
    count++;
  }
};

// One search: the edge, its lune, and in shared memory a set for each depth, the open ones, and the places picked.
struct Search {
  const Edge& edge;
  const Lune& lune;
  uint32_t* sets;
  int set_words;
  int depths;
  int* picked;
  Found found;

  __device__ __forceinline__ uint32_t* set(int depth) const { return sets + depth * set_words; }

  // Fills the set below a pick: what of the set above it carries on. Returns how many.
  __device__ __forceinline__ int narrow(int depth, int place) const {
    const uint32_t* from = set(depth);
    uint32_t* to = set(depth + 1);
    const uint32_t* row = lune.row(place);
    int count = 0;
    __syncwarp();
    for (int word = 0; word < lune.words(); word++) {
      uint32_t left = from[word] & above(place, word);
      left = left == 0 ? 0 : lune.joined(row, word) & left;
      if (threadIdx.x % 32 == 0) {
        to[word] = left;
      }
      count += __popc(left);
    }
    __syncwarp();
    return count;
  }

  // Whether the highest member is joined to all others.
  __device__ __forceinline__ bool is_apparent(int depth) const {
    const uint32_t* members = set(depth);
    const int top = highest_below(members, lune.size);
    const uint32_t* row = lune.row(top);
    for (int word = 0; word <= top / 32; word++) {
      const uint32_t others = members[word] & below(top, word);
      if (others != 0 && (lune.joined(row, word) & others) != others) {
        return false;
      }
    }
    return true;
  }

  // Whether a member above that place and below another one is joined to it.
  __device__ __forceinline__ bool is_carried_on(const uint32_t* members, int place, int end) const {
    const uint32_t* row = lune.row(place);
    for (int word = (end - 1) / 32; word >= (place + 1) / 32; word--) {
      const uint32_t others = members[word] & above(place, word) & below(end, word);
      if (others != 0 && (lune.joined(row, word) & others) != 0) {
        return true;
      }
    }
    return false;
  }

  // The members of the last set that are critical.
  __device__ __forceinline__ void finish(int depth) {
    const uint32_t* members = set(depth);
    uint32_t* open = set(depths);
    for (int word = threadIdx.x % 32; word < lune.words(); word += 32) {
      open[word] = members[word];
    }
    __syncwarp();
    int member = highest_below(members, lune.size);
    bool highest = true;
    bool pays = true;
    while (pays && member >= 0) {
      const bool uncovered = !highest && (open[member / 32] >> member % 32 & 1) != 0;
      if (uncovered) {
        found.add(edge, lune, picked, member);
      }
      pays = close(open, member);
      member = highest_below(members, member);
      highest = false;
    }
    // members from the one above `end` on have been taken with all that was open below them
    const int end = member + 1;
    for (int place = lowest_above(open, lune.words(), -1); place >= 0 && place < end;
         place = lowest_above(open, lune.words(), place)) {
      if (!is_carried_on(members, place, end)) {
        found.add(edge, lune, picked, place);
      }
    }
    __syncwarp();
  }

  // Closes what is open below a member and joined to it. Returns whether more was closed than words were looked at.
  __device__ __forceinline__ bool close(uint32_t* open, int member) const {
    const uint32_t* row = lune.row(member);
    int closed = 0;
    for (int word = 0; word <= member / 32; word++) {
      const uint32_t left = open[word] & below(member, word);
      if (left == 0) {
        continue;
      }
      const uint32_t joined = lune.joined(row, word) & left;
      __syncwarp();
      if (threadIdx.x % 32 == 0) {
        open[word] &= ~joined;
      }
      closed += __popc(joined) - 1;
    }
    __syncwarp();
    return closed > 0;
  }

  __device__ __forceinline__ void run() {
    for (int word = threadIdx.x % 32; word < lune.words(); word += 32) {
      sets[word] = below(lune.size, word);
    }
    __syncwarp();
    if (is_apparent(0)) {
      return;
    }
    if (depths == 1) {
      finish(0);
      return;
    }
    int depth = 0;
    int place = -1;
    while (depth >= 0) {
      place = lowest_above(set(depth), lune.words(), place);
      if (place < 0) {
        depth--;
        place = depth >= 0 ? picked[depth] : -1;
        __syncwarp();
        continue;
      }
      // the vertices still to pick, and one that carries on
      const int needed = depths - depth;
      if (narrow(depth, place) < needed || is_apparent(depth + 1)) {
        continue;
      }
      if (threadIdx.x % 32 == 0) {
        picked[depth] = place;
      }
      __syncwarp();
      depth++;
      if (depth == depths - 1) {
        finish(depth);
        depth--;
      } else {
        place = -1;
      }
    }
  }
};

// Shared memory of a warp: the lune, a set of bits for each depth and the open ones, and a place for each depth.
__device__ __forceinline__ int64_t warp_bytes(int64_t stride, int dimension) {
  return 2 * stride + stride / 8 * dimension + (dimension + 3) / 4 * 16;
}

}  // namespace critical

extern "C" __global__ void __launch_bounds__(256)
    critical_edges(const uint32_t* ranks, int64_t stride, const uint32_t* ends, int64_t from, int64_t count,
                   const int64_t* starts, uint32_t* counts, int32_t* simplices) {
  using namespace critical;
  const int64_t at = edge_of_warp();
  if (at >= count || (starts != nullptr && starts[at] == starts[at + 1])) {
    return;
  }
  const Edge edge(ends, from + at);
  const int lane = threadIdx.x % 32;
  if (starts != nullptr) {
    if (lane < 2) {
      simplices[2 * starts[at] + lane] = lane == 0 ? edge.i : edge.j;
    }
    return;
  }
  const bool empty = has_empty_lune(ranks, stride, edge);
  if (lane == 0) {
    counts[at] = empty ? 1 : 0;
  }
}
SCALEINV_KERNEL(critical_edges);

extern "C" __global__ void __launch_bounds__(256)
    critical_simplices(const uint32_t* ranks, int64_t stride, const uint32_t* ends, int64_t from, int64_t count,
                       int32_t dimension, const int64_t* starts, uint32_t* counts, int32_t* simplices,
                       int32_t* largest) {
  using namespace critical;
  const int64_t at = edge_of_warp();
  if (at >= count || (starts != nullptr && starts[at] == starts[at + 1])) {
    return;
  }
  auto* own = dynamic_shared<unsigned char>() + threadIdx.x / 32 * warp_bytes(stride, dimension);
  const Edge edge(ends, from + at);
  const Lune lune(ranks, stride, edge, reinterpret_cast<uint16_t*>(own));
  auto* sets = reinterpret_cast<uint32_t*>(own + 2 * stride);
  auto* picked = reinterpret_cast<int*>(own + 2 * stride + stride / 8 * dimension);
  int32_t* target = starts == nullptr ? nullptr : simplices + starts[at] * (dimension + 1);
  Search search{edge, lune, sets, static_cast<int>(stride / 32), dimension - 1, picked, Found{target, dimension, 0}};
  // one that is picked last, the others, and one that carries on without it
  if (lune.size >= dimension) {
    search.run();
  }
  if (starts == nullptr && threadIdx.x % 32 == 0) {
    counts[at] = search.found.count;
    if (largest != nullptr) {
      atomicMax(largest, lune.size);
    }
  }
}
SCALEINV_KERNEL(critical_simplices);
