// What kernels compiled with gcc's -fsanitize=thread,bounds,alignment call; stands in for libtsan and libubsan.
#include <cstdint>

#include "access.hpp"
#include "faults.hpp"

using emulator::checker::check;
using emulator::checker::Touch;

namespace {

// as gcc lays it out for libubsan
struct Location {
  const char* file;
  std::uint32_t line;
  std::uint32_t column;
};

std::string line_of(const Location& location) {
  const std::string file = location.file;
  return file.substr(file.rfind('/') + 1) + ":" + std::to_string(location.line);
}

}  // namespace

extern "C" {

void __tsan_init() {}

#define SCALEINV_ACCESS(bytes)                                                                                   \
  void __tsan_read##bytes(void* at) { check({at, bytes, false, false, __builtin_return_address(0)}); }           \
  void __tsan_write##bytes(void* at) { check({at, bytes, true, false, __builtin_return_address(0)}); }           \
  void __tsan_unaligned_read##bytes(void* at) { check({at, bytes, false, false, __builtin_return_address(0)}); } \
  void __tsan_unaligned_write##bytes(void* at) { check({at, bytes, true, false, __builtin_return_address(0)}); }

SCALEINV_ACCESS(1)
SCALEINV_ACCESS(2)
SCALEINV_ACCESS(4)
SCALEINV_ACCESS(8)
SCALEINV_ACCESS(16)

void __tsan_read_range(void* at, std::size_t bytes) { check({at, bytes, false, false, __builtin_return_address(0)}); }
void __tsan_write_range(void* at, std::size_t bytes) { check({at, bytes, true, false, __builtin_return_address(0)}); }

#define SCALEINV_ATOMICS(bits)                                                                                       \
  std::uint##bits##_t __tsan_atomic##bits##_load(const volatile std::uint##bits##_t* at, int) {                      \
    check({const_cast<const std::uint##bits##_t*>(at), bits / 8, false, true, __builtin_return_address(0)});         \
    return __atomic_load_n(at, __ATOMIC_RELAXED);                                                                    \
  }                                                                                                                  \
  int __tsan_atomic##bits##_compare_exchange_strong(volatile std::uint##bits##_t* at, std::uint##bits##_t* expected, \
                                                    std::uint##bits##_t next, int, int) {                            \
    check({const_cast<const std::uint##bits##_t*>(at), bits / 8, true, true, __builtin_return_address(0)});          \
    return __atomic_compare_exchange_n(at, expected, next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);               \
  }

SCALEINV_ATOMICS(32)
SCALEINV_ATOMICS(64)

struct OutOfBounds {
  Location location;
  const void* array;
  const void* index;
};

void __ubsan_handle_out_of_bounds(const OutOfBounds* data, std::uintptr_t index) {
  if (emulator::lane != nullptr) {
    emulator::fail(emulator::status::illegal_address, line_of(data->location),
                   "out of bounds: index " + std::to_string(static_cast<std::intptr_t>(index)) + " of an array");
  }
}

struct Mismatch {
  Location location;
  const void* type;
  unsigned char log_alignment;
  unsigned char kind;
};

void __ubsan_handle_type_mismatch_v1(const Mismatch* data, std::uintptr_t address) {
  const std::uintptr_t alignment = std::uintptr_t{1} << data->log_alignment;
  if (emulator::lane != nullptr && address % alignment != 0) {
    emulator::fail(emulator::status::misaligned_address, line_of(data->location),
                   "misaligned: an address that is not a multiple of " + std::to_string(alignment));
  }
}

}  // extern "C"
