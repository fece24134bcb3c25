// Kernels of one thread that stand in for the execution side, so that the driver's side is tested by itself.
#include <cstring>

#include "../driver/cuda.hpp"
#include "../execution.hpp"
#include "../static_shared.hpp"

namespace emulator {
namespace {

double* kept = nullptr;

template <class Argument>
Argument at(const std::byte* arguments, std::size_t offset) {
  Argument argument;
  std::memcpy(&argument, arguments + offset, sizeof argument);
  return argument;
}

void add_one(const std::byte* arguments) {
  for (std::int64_t i = 0; i < at<std::int64_t>(arguments, 8); i++) {
    at<double*>(arguments, 0)[i] += 1;
  }
}

// Writes the element behind the last one.
void overrun(const std::byte* arguments) { at<double*>(arguments, 0)[at<std::int64_t>(arguments, 8)] = 1; }

void keep(const std::byte* arguments) { kept = at<double*>(arguments, 0); }

void write_kept(const std::byte*) { *kept = 1; }

void faulty(const std::byte*) {}

void share(const std::byte*) {}

const Kernel kernels[] = {
    {"add_one", {{0, 8, true}, {8, 8, false}}, 16, add_one},
    {"overrun", {{0, 8, true}, {8, 8, false}}, 16, overrun},
    {"keep", {{0, 8, true}}, 8, keep},
    {"write_kept", {}, 0, write_kept},
    {"faulty", {}, 0, faulty},
    {"share", {}, 0, share},
};

}  // namespace

const Kernel* find_kernel(std::string_view name) {
  for (const Kernel& kernel : kernels) {
    if (kernel.name == name) {
      return &kernel;
    }
  }
  return nullptr;
}

std::vector<const Kernel*> all_kernels() {
  std::vector<const Kernel*> all;
  for (const Kernel& kernel : kernels) {
    all.push_back(&kernel);
  }
  return all;
}

std::size_t static_shared(std::string_view kernel) { return kernel == "share" ? 4624 : 0; }

std::optional<Fault> execute(const Launch& launch, std::uint64_t) {
  if (launch.kernel->call == faulty) {
    return Fault{launch_failed, "faulty: block (0,0,0), thread (0,0,0)"};
  }
  launch.kernel->call(launch.arguments.data());
  return std::nullopt;
}

}  // namespace emulator
