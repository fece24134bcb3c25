// What the emulated cuBLAS needs of the emulated driver, across the two libraries.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "../emulator.h"
#include "../execution.hpp"
#include "calls.hpp"

namespace emulator {

// Whether the calling thread has a context that serves.
EMULATOR_API bool has_usable_context();

// Puts work on a stream of the current context. False where there is no such context or stream.
EMULATOR_API bool put_on_stream(Handle stream, std::function<std::optional<Fault>()> work);

// "" where all of the range is live device memory; otherwise what it is.
EMULATOR_API std::string outside_device_memory(const void* address, std::size_t bytes);

EMULATOR_API void count_blas_handles(int change);

}  // namespace emulator
