#pragma once

#include <cstring>

#include "../lane.hpp"

inline void __syncwarp(unsigned mask = 0xffffffffu, emulator::Site site = emulator::Site::current()) {
  emulator::meet_warp(emulator::Meeting::sync, mask, 0, 0, site);
}

inline unsigned __ballot_sync(unsigned mask, int predicate, emulator::Site site = emulator::Site::current()) {
  return static_cast<unsigned>(emulator::meet_warp(emulator::Meeting::vote, mask, predicate != 0, 0, site));
}

inline int __any_sync(unsigned mask, int predicate, emulator::Site site = emulator::Site::current()) {
  return __ballot_sync(mask, predicate, site) != 0;
}

inline int __all_sync(unsigned mask, int predicate, emulator::Site site = emulator::Site::current()) {
  return __ballot_sync(mask, predicate == 0, site) == 0;
}

namespace emulator {

template <typename T>
T exchange(unsigned mask, T value, unsigned source, const Site& site) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "shuffles move 32 or 64 bits");
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  bits = meet_warp(Meeting::exchange, mask, bits, source, site);
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

// The first and the last lane of the caller's segment of `width` lanes.
inline unsigned first_lane(unsigned width) { return warp_lane() & ~(width - 1); }
inline unsigned last_lane(unsigned width) { return first_lane(width) + width - 1; }

}  // namespace emulator

template <typename T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32, emulator::Site site = emulator::Site::current()) {
  const unsigned segment = static_cast<unsigned>(width);
  const unsigned within = static_cast<unsigned>(source) & (segment - 1);
  return emulator::exchange(mask, value, emulator::first_lane(segment) + within, site);
}

template <typename T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32,
                 emulator::Site site = emulator::Site::current()) {
  const unsigned self = emulator::warp_lane();
  const bool inside = self >= emulator::first_lane(static_cast<unsigned>(width)) + delta;
  return emulator::exchange(mask, value, inside ? self - delta : self, site);
}

template <typename T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32,
                   emulator::Site site = emulator::Site::current()) {
  const unsigned self = emulator::warp_lane();
  const bool inside = self + delta <= emulator::last_lane(static_cast<unsigned>(width));
  return emulator::exchange(mask, value, inside ? self + delta : self, site);
}

template <typename T>
T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = 32, emulator::Site site = emulator::Site::current()) {
  const unsigned self = emulator::warp_lane();
  const unsigned partner = self ^ static_cast<unsigned>(lanes);
  const bool inside = partner <= emulator::last_lane(static_cast<unsigned>(width));
  return emulator::exchange(mask, value, inside ? partner : self, site);
}
