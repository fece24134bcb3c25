// Eigenvalues of symmetric tridiagonal matrices, values only.
#pragma once

#include <cstdint>

namespace scaleinv {

// Eigenvalues in ascending order, each within 8·ε of the largest sum of a row's magnitudes; small ones have no more
// relative accuracy than that, unless the matrix is diagonal. The same bits for any instruction set.
//
// diagonal (order) and off_diagonal (order − 1) finite; values (order)
void tridiagonal_eigenvalues(const double* diagonal, const double* off_diagonal, int64_t order, double* values);

}  // namespace scaleinv
