// Every exported function passes through here: it is counted, and may be planned to fail.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "cuda.hpp"

namespace emulator {

// Makes a function's name known when its library is loaded.
struct EMULATOR_API Exported {
  explicit Exported(const char* function);
};

// Held by every call while it works, and by whoever runs a kernel. It is never destroyed: threads of a JVM may still
// come through when the process ends.
EMULATOR_API std::recursive_mutex& driver_lock();

// Counts a call; answers the status with which this one is planned to fail.
EMULATOR_API std::optional<int> begin_call(const char* function);

// Names may leave the version suffix out. False and −1 for a function that is not known.
bool plan_failure(std::string_view function, std::int64_t nth, int status);
std::int64_t calls_of(std::string_view function);
std::int64_t known_functions();

// One name a line, in the order of the alphabet.
std::string called_functions();
void forget_calls();

// Keeps what emulator_fault tells.
EMULATOR_API void note_fault(std::string what);
std::string last_fault();

}  // namespace emulator

#define EMULATED(name, ...)                                                \
  [[maybe_unused]] static const emulator::Exported name##_exported{#name}; \
  extern "C" EMULATOR_API int name(__VA_ARGS__)
