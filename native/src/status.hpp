// Statuses of the C ABI: failures travel as exceptions inside the library and end at `guarded`.
#pragma once

#include <cstdint>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

#include "scaleinv.h"

namespace scaleinv {

class Failure : public std::runtime_error {
 public:
  Failure(int32_t status, const std::string& message) : std::runtime_error(message), status_(status) {}

  int32_t status() const { return status_; }

 private:
  int32_t status_;
};

void remember_error(const char* message) noexcept;

// Throws SCALEINV_INVALID_ARGUMENT unless the condition holds.
inline void require(bool condition, const char* message) {
  if (!condition) {
    throw Failure(SCALEINV_INVALID_ARGUMENT, message);
  }
}

// The product of non-negative sizes; throws when it passes what a block of doubles can hold.
int64_t checked_product(int64_t a, int64_t b);

// LAPACK and BLAS count in 32 bits.
int32_t blas_size(int64_t size, const char* what);

// Throws for a LAPACK info other than 0.
void check_lapack(int32_t info, const char* routine, int64_t rows, int64_t columns);

template <class Body>
int32_t guarded(Body&& body) noexcept {
  try {
    body();
    return SCALEINV_OK;
  } catch (const Failure& failure) {
    remember_error(failure.what());
    return failure.status();
  } catch (const std::bad_alloc&) {
    remember_error("out of memory");
    return SCALEINV_OUT_OF_MEMORY;
  } catch (const std::exception& unforeseen) {
    remember_error(unforeseen.what());
    return SCALEINV_INTERNAL;
  } catch (...) {
    remember_error("unknown exception");
    return SCALEINV_INTERNAL;
  }
}

}  // namespace scaleinv
