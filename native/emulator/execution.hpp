#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emulator {

struct Dim3 {
  unsigned x = 1, y = 1, z = 1;
};

// A parameter as it lies in a launch's packed arguments.
struct Parameter {
  std::size_t offset;
  std::size_t size;
  bool pointer;
};

// A __global__ function compiled for the host. Kernels register themselves when the library is loaded.
struct Kernel {
  const char* name;
  std::vector<Parameter> parameters;
  std::size_t argument_bytes;
  void (*call)(const std::byte* arguments);  // one thread
};

// Null when no kernel is called that.
const Kernel* find_kernel(std::string_view name);

// All of them, in the order of their names.
std::vector<const Kernel*> all_kernels();

struct Launch {
  const Kernel* kernel;
  Dim3 grid, block;
  std::size_t dynamic_shared;
  std::vector<std::byte> arguments;  // copied from kernelParams when the launch was put on its stream
};

// Statuses as in cuda.h.
struct Fault {
  int status;
  std::string what;  // one line: kernel, source line, block, thread, address
};

// Runs every block to its end, or stops at the first fault. `order` as in emulator_set.
std::optional<Fault> execute(const Launch& launch, std::uint64_t order);

}  // namespace emulator
