// The few statuses, flags and attributes of the CUDA driver API that are emulated. CUDA's own header is not needed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../emulator.h"

namespace emulator {

// CUresult
enum Status : int {
  success = 0,
  invalid_value = 1,
  out_of_memory = 2,
  not_initialized = 3,
  no_device = 100,
  invalid_device = 101,
  invalid_image = 200,
  invalid_context = 201,
  ecc_uncorrectable = 214,
  nvlink_uncorrectable = 220,
  invalid_handle = 400,
  not_found = 500,
  not_ready = 600,
  illegal_address = 700,
  launch_timeout = 702,
  context_is_destroyed = 709,
  device_assert = 710,
  host_memory_not_registered = 713,
  hardware_stack_error = 714,
  illegal_instruction = 715,
  misaligned_address = 716,
  invalid_address_space = 717,
  invalid_pc = 718,
  launch_failed = 719,
  not_supported = 801,
  unknown = 999,
};

// After one of these the context serves nothing any more.
bool is_sticky(int status);

using DeviceAddress = std::uint64_t;
// Handles are numbers that never come back, so that one used after its end is known.
using Handle = std::uintptr_t;

constexpr unsigned event_disable_timing = 2;
constexpr unsigned stream_non_blocking = 1;
// The legacy default stream has two names.
constexpr Handle legacy_stream = 0, legacy_stream_named = 1;

constexpr int max_dynamic_shared_attribute = 8;
constexpr std::size_t free_shared = 48 << 10;

constexpr unsigned max_threads = 1024, max_block_z = 64;
constexpr unsigned max_grid_x = 0x7fffffff, max_grid_yz = 65535;

}  // namespace emulator
