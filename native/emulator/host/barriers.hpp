#pragma once

#include "../lane.hpp"

inline void __syncthreads(emulator::Site site = emulator::Site::current()) {
  emulator::meet_block(emulator::Vote::count, false, site);
}

inline int __syncthreads_count(int predicate, emulator::Site site = emulator::Site::current()) {
  return emulator::meet_block(emulator::Vote::count, predicate != 0, site);
}

inline int __syncthreads_and(int predicate, emulator::Site site = emulator::Site::current()) {
  return emulator::meet_block(emulator::Vote::every, predicate != 0, site);
}

inline int __syncthreads_or(int predicate, emulator::Site site = emulator::Site::current()) {
  return emulator::meet_block(emulator::Vote::some, predicate != 0, site);
}

inline void __threadfence() { emulator::fence(); }

[[noreturn]] inline void __trap(emulator::Site site = emulator::Site::current()) { emulator::trap(site); }
