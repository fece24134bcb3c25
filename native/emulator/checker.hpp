// What the checking build is told of a launch. Without it these are nothing.
#pragma once

#include <cstddef>

#include "execution.hpp"

namespace emulator::checker {

#ifdef SCALEINV_EMULATOR_CHECKING

void launch_starts(const Launch& launch);
void block_starts();
void barrier_passed();

// The lanes of the warp that starts at thread `first` have synchronised.
void warp_synchronised(unsigned first, unsigned lanes);

void fence();

#else

inline void launch_starts(const Launch&) {}
inline void block_starts() {}
inline void barrier_passed() {}
inline void warp_synchronised(unsigned, unsigned) {}
inline void fence() {}

#endif

}  // namespace emulator::checker
