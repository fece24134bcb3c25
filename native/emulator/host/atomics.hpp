#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "keywords.hpp"

namespace emulator {

// Every atomic is a loop of compare-and-swap over the value's bits, which the checking build sees as atomic. Inlined, so
// that a fault has the kernel's line.
template <typename T, typename Step>
__forceinline__ T atomically(T* address, Step step) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  static_assert(sizeof(T) == sizeof(Bits));
  Bits* const cell = reinterpret_cast<Bits*>(address);
  Bits before = __atomic_load_n(cell, __ATOMIC_RELAXED);
  while (true) {
    T old;
    std::memcpy(&old, &before, sizeof(T));
    const T next = step(old);
    Bits after;
    std::memcpy(&after, &next, sizeof(T));
    if (__atomic_compare_exchange_n(cell, &before, after, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
      return old;
    }
  }
}

}  // namespace emulator

#define SCALEINV_ATOMIC(name, T, result)                                          \
  __forceinline__ T name(T* address, T value) {                                   \
    return emulator::atomically(address, [value](T old) -> T { return result; }); \
  }

#define SCALEINV_INTEGER_ATOMICS(T)                                                            \
  SCALEINV_ATOMIC(atomicAdd, T, old + value)                                                   \
  SCALEINV_ATOMIC(atomicExch, T, ((void)old, value))                                           \
  SCALEINV_ATOMIC(atomicMax, T, old < value ? value : old)                                     \
  SCALEINV_ATOMIC(atomicMin, T, value < old ? value : old)                                     \
  SCALEINV_ATOMIC(atomicAnd, T, old& value)                                                    \
  SCALEINV_ATOMIC(atomicOr, T, old | value)                                                    \
  SCALEINV_ATOMIC(atomicXor, T, old ^ value)                                                   \
  __forceinline__ T atomicCAS(T* address, T compare, T value) {                                \
    return emulator::atomically(address, [=](T old) { return old == compare ? value : old; }); \
  }

SCALEINV_INTEGER_ATOMICS(int)
SCALEINV_INTEGER_ATOMICS(unsigned)
SCALEINV_INTEGER_ATOMICS(unsigned long long)
SCALEINV_ATOMIC(atomicSub, int, old - value)
SCALEINV_ATOMIC(atomicSub, unsigned, old - value)
SCALEINV_ATOMIC(atomicInc, unsigned, old >= value ? 0 : old + 1)
SCALEINV_ATOMIC(atomicAdd, float, old + value)
SCALEINV_ATOMIC(atomicAdd, double, old + value)
SCALEINV_ATOMIC(atomicExch, float, ((void)old, value))

#undef SCALEINV_INTEGER_ATOMICS
#undef SCALEINV_ATOMIC
