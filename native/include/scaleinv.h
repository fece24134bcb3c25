/*
 * The only door to the native engine: a C ABI, with a second leaf for persistent homology, scaleinv_homology.h.
 *
 * Every function that can fail returns a status, one of SCALEINV_OK … SCALEINV_CANCELLED; scaleinv_last_error() then
 * says why, in one line, for the calling thread. No function prints, exits, aborts or lets an exception out. Null
 * pointers and negative sizes are SCALEINV_INVALID_ARGUMENT.
 *
 * Matrices are dense, row-major, without gaps; sizes count elements. The caller owns all memory. Every function may be
 * called from several threads at once on different memory. A parameter `threads` says how many threads may share the
 * work of one call; the result has the same bits for any number.
 */
#ifndef SCALEINV_H
#define SCALEINV_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SCALEINV_API __attribute__((visibility("default")))

/* Version of this header; a library and its bindings must agree. */
#define SCALEINV_ABI_VERSION 6

/* Statuses. */
#define SCALEINV_OK 0
#define SCALEINV_INVALID_ARGUMENT 1
#define SCALEINV_OUT_OF_MEMORY 2
/* A LAPACK routine did not converge: the message names it. */
#define SCALEINV_NUMERICAL 3
/* Something that should not happen: no thread to be had, an unforeseen exception. */
#define SCALEINV_INTERNAL 4
/* The caller asked for it. */
#define SCALEINV_CANCELLED 5

/* Element types, as safetensors names them. */
#define SCALEINV_BOOL 0
#define SCALEINV_U8 1
#define SCALEINV_I8 2
#define SCALEINV_F8_E5M2 3
#define SCALEINV_F8_E4M3 4
#define SCALEINV_F8_E8M0 5
#define SCALEINV_F8_E4M3FNUZ 6
#define SCALEINV_F8_E5M2FNUZ 7
#define SCALEINV_I16 8
#define SCALEINV_U16 9
#define SCALEINV_F16 10
#define SCALEINV_BF16 11
#define SCALEINV_I32 12
#define SCALEINV_U32 13
#define SCALEINV_F32 14
#define SCALEINV_F64 15
#define SCALEINV_I64 16
#define SCALEINV_U64 17

/* Instruction sets that kernels are chosen by. */
#define SCALEINV_SIMD_BASELINE 0
#define SCALEINV_SIMD_AVX2 1
#define SCALEINV_SIMD_AVX512 2

/* How far apart two points x, y are. */
#define SCALEINV_METRIC_EUCLIDEAN 0
#define SCALEINV_METRIC_SQUARED_EUCLIDEAN 1
#define SCALEINV_METRIC_COSINE 2
#define SCALEINV_METRIC_MANHATTAN 3
#define SCALEINV_METRIC_CHEBYSHEV 4
#define SCALEINV_METRIC_CORRELATION 5

/* What a variable is: one that has correlations, or why it has none. */
#define SCALEINV_VARIABLE_VARIES 0
#define SCALEINV_VARIABLE_CONSTANT 1
/* A sample is NaN or infinite. */
#define SCALEINV_VARIABLE_NOT_FINITE 2

/* The version the library was built with. */
SCALEINV_API int32_t scaleinv_abi_version(void);

/* Why the calling thread's last failed call failed; "" before the first. Valid until that thread's next failure. */
SCALEINV_API const char* scaleinv_last_error(void);

/* The instruction set in use: the best that the processor has, within the limit. */
SCALEINV_API int32_t scaleinv_simd_level(void);

/* OpenBLAS's version, its build and the processor whose kernels it has taken. Valid for good. */
SCALEINV_API const char* scaleinv_openblas(void);

/*
 * Limits the instruction set for the whole process, for tests: widening gives the same bits at every level, distances may
 * differ in the last ones.
 */
SCALEINV_API int32_t scaleinv_simd_limit(int32_t level);

/* A block of `bytes` bytes, aligned to 64, not cleared; given back by scaleinv_release. */
SCALEINV_API int32_t scaleinv_allocate(int64_t bytes, void** block);

/* Gives a block back; null is allowed. */
SCALEINV_API void scaleinv_release(void* block);

/*
 * Converts `count` elements of a type to SCALEINV_F32 or SCALEINV_F64: exactly where the target can hold the value,
 * rounded to nearest even where it cannot. A NaN stays a NaN. A BOOL is worth its byte. `source` may lie at any
 * address; source and destination do not overlap.
 */
SCALEINV_API int32_t scaleinv_widen(int32_t source_type, const void* source, int64_t count, int32_t target_type,
                                    void* destination);

/* *answer = 1 when every value is finite, else 0. */
SCALEINV_API int32_t scaleinv_all_finite(const double* values, int64_t count, int32_t* answer);

/*
 * gram (order, order) += panelᵀ·panel for a panel of (length, order), or panel·panelᵀ for one of (order, length) when
 * `across_columns`. Only the lower triangle (row ≥ column) is written.
 */
SCALEINV_API int32_t scaleinv_gram_accumulate(double* gram, int64_t order, const double* panel, int64_t length,
                                              int32_t across_columns, int32_t threads);

/*
 * Replaces the upper triangle R (order, order) by the R of a QR decomposition of [R; panel], the panel of
 * (length, order), or of [R; panelᵀ], the panel of (order, length), when `across_columns`. What lies below the
 * diagonal is neither read nor written. The panel is overwritten.
 */
SCALEINV_API int32_t scaleinv_triangle_accumulate(double* triangle, int64_t order, double* panel, int64_t length,
                                                  int32_t across_columns);

/* product (order, order) = left·rightᵀ of two upper triangles; what lies below their diagonals is not read. */
SCALEINV_API int32_t scaleinv_triangle_product(const double* left, const double* right, int64_t order, double* product);

/*
 * Eigenvalues, descending, of a symmetric matrix (order, order), of which the lower triangle is read. The matrix is
 * overwritten. All of it must be finite.
 */
SCALEINV_API int32_t scaleinv_symmetric_eigenvalues(double* matrix, int64_t order, double* values);

/*
 * Singular values, descending, of each of `batch` matrices (rows, columns) that lie one behind the other, min(rows,
 * columns) values for each. The matrices are overwritten. All of them must be finite.
 */
SCALEINV_API int32_t scaleinv_singular_values(double* matrices, int64_t batch, int64_t rows, int64_t columns,
                                              double* values, int32_t threads);

/*
 * The thin decomposition matrix = left · diag(values) · right, with k = min(rows, columns): values (k) descending, left
 * (rows, k), right (k, columns). The matrix is overwritten. All of it must be finite.
 */
SCALEINV_API int32_t scaleinv_singular_vectors(double* matrix, int64_t rows, int64_t columns, double* values,
                                               double* left, double* right);

/*
 * Eigenvalues of each of `batch` general matrices (order, order) that lie one behind the other, in the order of
 * LAPACK's dgeev: pairs (batch, order, 2) of real and imaginary part. The matrices are overwritten. All of them must be
 * finite.
 */
SCALEINV_API int32_t scaleinv_general_eigenvalues(double* matrices, int64_t batch, int64_t order, double* pairs,
                                                  int32_t threads);

/*
 * Singular values, descending, of the upper bidiagonal matrix with this diagonal (order) and superdiagonal (order − 1;
 * may be null for order 1), each to high relative accuracy. All of it must be finite.
 */
SCALEINV_API int32_t scaleinv_bidiagonal_singular_values(const double* diagonal, const double* superdiagonal,
                                                         int64_t order, double* values);

/* Copies a block, each thread a share of its own: what memory can do, for comparison. The blocks do not overlap. */
SCALEINV_API int32_t scaleinv_probe_copy(const void* source, void* destination, int64_t bytes, int32_t threads);

/*
 * product = left·right, all (order, order) of SCALEINV_F32 or SCALEINV_F64, each thread a band of rows by BLAS: what
 * arithmetic can do, for comparison. Other than anywhere else, the last bits may depend on the threads.
 */
SCALEINV_API int32_t scaleinv_probe_multiply(int32_t type, const void* left, const void* right, int64_t order,
                                             void* product, int32_t threads);

/*
 * Makes a copy of `points` (count, coordinates) in the form in which distances by one metric are computed; coordinates is
 * at least 1. Given back by scaleinv_points_release. Several threads may use it at once.
 */
SCALEINV_API int32_t scaleinv_points_prepare(const float* points, int64_t count, int64_t coordinates, int32_t metric,
                                             int32_t threads, void** prepared);

/* Gives prepared points back; null is allowed. */
SCALEINV_API void scaleinv_points_release(void* prepared);

/*
 * Distances of the points from … from + rows − 1 to all: (rows, count). The distance of two points has the same bits in
 * every call and order; from a point to itself it is 0, or NaN where it has no distance.
 */
SCALEINV_API int32_t scaleinv_distances(const void* prepared, int64_t from, int64_t rows, int32_t threads,
                                        float* distances);

/*
 * Finds the pairs i < j with a distance ≤ threshold. offsets (count + 1): those of point i will stand at offsets[i] …
 * offsets[i + 1] − 1. More than `most` pairs are SCALEINV_INVALID_ARGUMENT, and the message says how many they are. The
 * graph is given back by scaleinv_graph_release.
 */
SCALEINV_API int32_t scaleinv_graph_find(const void* prepared, float threshold, int64_t most, int32_t threads,
                                         int64_t* offsets, void** graph);

/* The pairs found: partners j, ascending for each point, and lengths, offsets[count] of each. */
SCALEINV_API int32_t scaleinv_graph_pairs(const void* graph, int32_t* partners, float* lengths);

/* Gives a graph back; null is allowed. */
SCALEINV_API void scaleinv_graph_release(void* graph);

/* How a distance matrix is given: a strict triangle, row by row and without gaps, or all of it. */
#define SCALEINV_PACKING_LOWER 0
#define SCALEINV_PACKING_UPPER 1
#define SCALEINV_PACKING_SQUARE 2

/*
 * Completes and checks a distance matrix (points, points) in place: a triangle lies in its first points·(points − 1)/2
 * floats. −0 becomes 0. range (3): the smallest and the largest distance of two points, and the largest that is finite;
 * +inf, −inf, −inf where there is none. fault (2): row and column of the first entry that is NaN or negative, that
 * differs from its mirror image or is not 0 on the diagonal; −1 in a sound matrix. Of one that is not, the range means
 * nothing.
 */
SCALEINV_API int32_t scaleinv_distance_matrix(float* matrix, int64_t points, int32_t packing, int32_t threads,
                                              float* range, int64_t* fault);

/*
 * Variables (count, samples) of SCALEINV_F32 or SCALEINV_F64, each less its mean and divided by its length, in double
 * precision and rounded once, to `standardised` (count, samples); a row of NaN where a variable is constant or not finite.
 * kinds (count): SCALEINV_VARIABLE_…. samples is at least 2. The bits are the same for every instruction set.
 */
SCALEINV_API int32_t scaleinv_standardise(int32_t type, const void* variables, int64_t count, int64_t samples,
                                          int32_t threads, float* standardised, int32_t* kinds);

/*
 * Makes a copy of rows of `standardised`, width `samples`, in the form in which correlations are computed: of its first
 * `count` rows, or where `chosen` (count) is not null of the rows that it names. Given back by scaleinv_points_release.
 * Several threads may use it at once.
 */
SCALEINV_API int32_t scaleinv_correlation_prepare(const float* standardised, const int64_t* chosen, int64_t count,
                                                  int64_t samples, int32_t threads, void** prepared);

/*
 * Correlations of the variables from … from + rows − 1 with all: (rows, count). That of two variables has the same bits in
 * every call and order; of a variable with itself it is 1, or NaN where it has none. `prepared` was made by
 * scaleinv_correlation_prepare.
 */
SCALEINV_API int32_t scaleinv_correlations(const void* prepared, int64_t from, int64_t rows, int32_t threads,
                                           float* correlations);

/*
 * The largest correlation of each variable with another one, and which that is, the first of equal ones: (count) of each;
 * NaN and −1 where there is none. count is at most 2147483647. `prepared` was made by scaleinv_correlation_prepare.
 */
SCALEINV_API int32_t scaleinv_best_partners(const void* prepared, int32_t threads, int32_t* partners,
                                            float* correlations);

#ifdef __cplusplus
}
#endif

#endif
