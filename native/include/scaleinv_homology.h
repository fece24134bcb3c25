/*
 * Persistent homology of Vietoris–Rips filtrations, a part of the C ABI of scaleinv.h, whose rules hold here too.
 *
 * The filtration: a simplex appears at the length of its longest edge; vertices appear at 0. Lengths are compared as the
 * floats they are, equal ones by the index j(j − 1)/2 + i of the edge {i < j}, so that the edges stand in one strict
 * order. Simplices of equal dimension stand in the order of their longest edges; those that share it, in descending
 * order of their other vertices, compared as sets by the largest vertex that is in one alone (colexicographic order).
 * Vertices stand in ascending order: where components meet, the one whose first vertex is the later one ends.
 *
 * In that order a simplex σ with longest edge e and other vertices R is apparent, paired at once and for nothing with
 * σ ∪ {v}, where a vertex v exists that is larger than all of R and joined to each vertex of σ by an edge before e: the
 * largest such v. What is neither the lower nor the upper half of such a pair is critical; only critical simplices are
 * columns of the reduction. Of an edge, R is empty.
 *
 * Sources: Bauer, Ripser (2021): implicit coboundaries, clearing, emergent and apparent pairs, enclosing radius; Zhang,
 * Xiao, Wang (2020): apparent pairs; de Silva, Morozov, Vejdemo-Johansson (2011): persistent cohomology; Boissonnat and
 * Pritam (2020), Glisse and Pritam (2022): edge collapse.
 */
#ifndef SCALEINV_HOMOLOGY_H
#define SCALEINV_HOMOLOGY_H

#include "scaleinv.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Flags; 0 is the fastest way to the diagrams alone. */

/* Birth and death simplices and representative cocycles too. They are those of the input: nothing is collapsed. */
#define SCALEINV_HOMOLOGY_REPRESENTATIVES 1
/* Edge collapse always, or never; neither: where it is expected to pay. Both, or always with representatives, are refused. */
#define SCALEINV_HOMOLOGY_COLLAPSE 2
#define SCALEINV_HOMOLOGY_NO_COLLAPSE 4
/* Switches one way of saving work off each. None changes a diagram. */
#define SCALEINV_HOMOLOGY_NO_CLEARING 8
#define SCALEINV_HOMOLOGY_NO_APPARENT 16
#define SCALEINV_HOMOLOGY_NO_EMERGENT 32
#define SCALEINV_HOMOLOGY_NO_ENCLOSING_RADIUS 64
/* Coboundaries in full at once, not up to a growing length. */
#define SCALEINV_HOMOLOGY_NO_LAZY 128

/*
 * Hears how far a computation has come, on the calling thread, about ten times a second: `done` of `total` columns of a
 * dimension (−1: before the first one). Another answer than 0 ends the computation with SCALEINV_CANCELLED.
 */
typedef int32_t scaleinv_homology_progress(void* context, int32_t dimension, int64_t done, int64_t total);

/*
 * The persistent homology of points with given distances, dimensions 0 … dimension, over the integers modulo the prime
 * `modulus` (at most 32749).
 *
 * distances (points, points): symmetric to the bit, 0 on the diagonal, ≥ 0, +inf for pairs that are never joined; else
 * SCALEINV_INVALID_ARGUMENT, and the message names the entry. Edges longer than `threshold` are left out; NaN stands for
 * none given: then the filtration ends at the enclosing radius, after which no homology changes but that of a cone.
 *
 * critical_counts (dimension) and critical, both or neither null: the critical simplices of dimensions 1 … dimension,
 * found elsewhere, `critical_counts[k − 1]` of k + 1 vertices each, dimension behind dimension. They are the ones of
 * exactly these distances up to the threshold given, which is not NaN then; nothing is collapsed, and apparent pairs are
 * not switched off. They come in any order.
 *
 * memory_limit in bytes, at most, for all that this call allocates and the input; past it, as far as can be told
 * beforehand and else when it is reached, SCALEINV_OUT_OF_MEMORY, and the message says the number. 0: no limit.
 *
 * Simplices that do not fit into 128 bits (the bits of points − 1, times the vertices of a simplex of dimension + 1 beside
 * its longest edge, and the bits of the number of edges) are SCALEINV_INVALID_ARGUMENT. progress may be null. The homology
 * is given back by scaleinv_homology_release.
 */
SCALEINV_API int32_t scaleinv_homology_dense(const float* distances, int64_t points, const int64_t* critical_counts,
                                             const int32_t* critical, int32_t dimension, int32_t modulus,
                                             float threshold, int64_t flags, int64_t memory_limit, int32_t threads,
                                             scaleinv_homology_progress* progress, void* context, void** homology);

/*
 * The same of a graph that never becomes dense: of point i, its partners j > i, ascending, at offsets[i] …
 * offsets[i + 1] − 1 of the others, with lengths as above. offsets (points + 1). Pairs not listed are never joined;
 * threshold NaN: all pairs are taken.
 */
SCALEINV_API int32_t scaleinv_homology_sparse(int64_t points, const int64_t* offsets, const int32_t* partners,
                                              const float* lengths, int32_t dimension, int32_t modulus, float threshold,
                                              int64_t flags, int64_t memory_limit, int32_t threads,
                                              scaleinv_homology_progress* progress, void* context, void** homology);

/*
 * What a computation is sure to allocate beside its input, in bytes, before it is begun; columns that reduce badly come
 * on top. edges: how many are within the threshold, points·(points − 1)/2 where that is not known.
 */
SCALEINV_API int32_t scaleinv_homology_bytes(int64_t points, int64_t edges, int32_t sparse, int32_t dimension,
                                             int64_t flags, int64_t* bytes);

/* How many pairs of positive persistence a dimension has, essential classes included. −1 for no such dimension. */
SCALEINV_API int64_t scaleinv_homology_pairs(const void* homology, int32_t dimension);

/*
 * The diagram of a dimension, pairs (count, 2): birth and death, +inf for an essential class; ascending by birth, then by
 * death, then by the simplices.
 */
SCALEINV_API int32_t scaleinv_homology_diagram(const void* homology, int32_t dimension, float* pairs);

/*
 * births (count, dimension + 1) and deaths (count, dimension + 2): the vertices, ascending, of the simplices that begin
 * and end each class, in the order of the diagram; −1 where it does not end. Needs the flag for representatives.
 */
SCALEINV_API int32_t scaleinv_homology_simplices(const void* homology, int32_t dimension, int32_t* births,
                                                 int32_t* deaths);

/*
 * Where each class's cocycle stands: offsets (count + 1); then its simplices (offsets[count], dimension + 1), vertices
 * ascending, and their coefficients in 1 … modulus − 1 for that orientation. A cocycle lives from its class's birth to
 * just before its death, and holds nothing that is longer. Of dimension 0: the component, every coefficient 1. Needs the flag for representatives.
 */
SCALEINV_API int32_t scaleinv_homology_cocycle_offsets(const void* homology, int32_t dimension, int64_t* offsets);
SCALEINV_API int32_t scaleinv_homology_cocycles(const void* homology, int32_t dimension, int32_t* simplices,
                                                int32_t* coefficients);

/* Figures of a computation. */
#define SCALEINV_HOMOLOGY_FIGURE_PEAK_BYTES 0     /* the most it had allocated at one time, the input included */
#define SCALEINV_HOMOLOGY_FIGURE_EDGES 1          /* within the threshold */
#define SCALEINV_HOMOLOGY_FIGURE_COLLAPSED 2      /* edges that the collapse left; −1 where there was none */
#define SCALEINV_HOMOLOGY_FIGURE_COLUMNS 3        /* columns that were reduced, all dimensions */
#define SCALEINV_HOMOLOGY_FIGURE_ADDITIONS 4      /* of columns to others */
SCALEINV_API int64_t scaleinv_homology_figure(const void* homology, int32_t figure);

/* The length up to which the filtration was built: the threshold, or the enclosing radius. */
SCALEINV_API float scaleinv_homology_threshold(const void* homology);

/* Gives a homology back; null is allowed. */
SCALEINV_API void scaleinv_homology_release(void* homology);

#ifdef __cplusplus
}
#endif

#endif
