#include <sys/mman.h>

#include <cstring>
#include <new>
#include <numeric>

#include "checker.hpp"
#include "execution.hpp"
#include "faults.hpp"
#include "memory.hpp"
#include "shared_bounds.hpp"
#include "threads.hpp"

namespace emulator {

namespace {

// The most that a block of any chip has is 227 KB.
constexpr std::size_t most_dynamic_shared = 256 << 10;

std::byte* dynamic_pages() {
  static std::byte* const memory = [] {
    void* const pages = mmap(nullptr, most_dynamic_shared, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) {
      throw std::bad_alloc();
    }
    return static_cast<std::byte*>(pages);
  }();
  return memory;
}

// Bytes of all ones are NaN in every floating-point format: what a kernel did not write shows.
void spoil_shared_memory(std::size_t dynamic) {
  std::byte* const begin = shared_begin + sizeof shared_begin;
  std::memset(begin, 0xff, static_cast<std::size_t>(shared_end - begin));
  std::memset(block.dynamic_shared, 0xff, dynamic);
}

// A pointer into memory that was freed, or that the device cannot see, is not followed.
std::optional<Fault> check_pointers(const Launch& launch) {
  for (std::size_t i = 0; i < launch.kernel->parameters.size(); i++) {
    const Parameter& parameter = launch.kernel->parameters[i];
    if (!parameter.pointer) {
      continue;
    }
    const void* address = nullptr;
    std::memcpy(&address, launch.arguments.data() + parameter.offset, sizeof address);
    const Place place = address == nullptr ? Place::device : place_of(address, 1);
    if (place == Place::freed || place == Place::outside) {
      return Fault{status::illegal_address, std::string(launch.kernel->name) + ": parameter " + std::to_string(i) +
                                                (place == Place::freed ? " was freed: " : " is no device memory: ") +
                                                describe(address)};
    }
  }
  return std::nullopt;
}

std::optional<Fault> check_shape(const Launch& launch) {
  const auto product = [](const Dim3& d) { return static_cast<std::uint64_t>(d.x) * d.y * d.z; };
  const std::uint64_t threads = product(launch.block);
  if (threads < 1 || threads > Stacks::count || product(launch.grid) < 1 ||
      launch.dynamic_shared > most_dynamic_shared || launch.arguments.size() < launch.kernel->argument_bytes) {
    return Fault{status::invalid_value, std::string(launch.kernel->name) + ": " + std::to_string(threads) +
                                            " threads a block, " + std::to_string(product(launch.grid)) + " blocks, " +
                                            std::to_string(launch.dynamic_shared) + " bytes of shared memory, " +
                                            std::to_string(launch.arguments.size()) + " bytes of arguments"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> execute(const Launch& launch, std::uint64_t order) {
  if (auto fault = check_shape(launch)) {
    return fault;
  }
  if (auto fault = check_pointers(launch)) {
    return fault;
  }
  Threads& threads = Threads::instance();
  threads.start_launch(launch, order);
  block.threads = {launch.block.x, launch.block.y, launch.block.z};
  block.blocks = {launch.grid.x, launch.grid.y, launch.grid.z};
  block.dynamic_shared = dynamic_pages();
  checker::launch_starts(launch);
  std::vector<std::uint64_t> blocks(static_cast<std::size_t>(launch.grid.x) * launch.grid.y * launch.grid.z);
  std::iota(blocks.begin(), blocks.end(), 0u);
  for (std::size_t i = 0; i < blocks.size(); i++) {
    if (threads.order().random()) {
      std::swap(blocks[i], blocks[i + threads.order().choose(blocks.size() - i)]);
    }
    const std::uint64_t row = blocks[i] / launch.grid.x;
    block.index = {static_cast<unsigned>(blocks[i] % launch.grid.x), static_cast<unsigned>(row % launch.grid.y),
                   static_cast<unsigned>(row / launch.grid.y)};
    spoil_shared_memory(launch.dynamic_shared);
    checker::block_starts();
    if (const Fault* fault = threads.run_block()) {
      return *fault;
    }
  }
  return std::nullopt;
}

}  // namespace emulator
