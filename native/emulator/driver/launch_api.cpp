// Launches: limits and arguments are looked at as the driver does, pointers when the kernel runs.
#include <cstring>

#include "../static_shared.hpp"
#include "entry.hpp"
#include "heap.hpp"
#include "options.hpp"

namespace emulator {
namespace {

void check_limits(const Function& function, const Dim3& grid, const Dim3& block, std::size_t dynamic_shared) {
  require(grid.x > 0 && grid.y > 0 && grid.z > 0 && block.x > 0 && block.y > 0 && block.z > 0, invalid_value,
          "an empty grid or block");
  require(grid.x <= max_grid_x && grid.y <= max_grid_yz && grid.z <= max_grid_yz, invalid_value,
          "a grid larger than a device has");
  require(block.x <= max_threads && block.y <= max_threads && block.z <= max_block_z &&
              std::size_t{block.x} * block.y * block.z <= max_threads,
          invalid_value, "a block of more threads than a device has");
  const std::size_t declared = static_shared(function.kernel->name);
  require(dynamic_shared <= function.dynamic_allowed(declared), invalid_value,
          "more dynamic shared memory than the function was given leave for");
  require(declared + dynamic_shared <= static_cast<std::size_t>(options().shared), invalid_value,
          "more shared memory than a block may have");
}

std::vector<std::byte> pack(const Kernel& kernel, void** parameters) {
  require(parameters != nullptr || kernel.parameters.empty(), invalid_value, "no parameters");
  std::vector<std::byte> packed(kernel.argument_bytes);
  for (std::size_t i = 0; i < kernel.parameters.size(); i++) {
    require(parameters[i] != nullptr, invalid_value, "a null pointer to a parameter");
    std::memcpy(packed.data() + kernel.parameters[i].offset, parameters[i], kernel.parameters[i].size);
  }
  return packed;
}

// A pointer may be null, or stand right behind the allocation that it points to.
std::optional<Fault> bad_pointer(const Launch& launch) {
  for (std::size_t i = 0; i < launch.kernel->parameters.size(); i++) {
    const Parameter& parameter = launch.kernel->parameters[i];
    if (!parameter.pointer) {
      continue;
    }
    void* pointer = nullptr;
    std::memcpy(&pointer, launch.arguments.data() + parameter.offset, sizeof pointer);
    const Place place = pointer == nullptr ? Place::device : place_of(pointer, 0);
    if (place != Place::device && place != Place::pinned) {
      return Fault{illegal_address, std::string(launch.kernel->name) + ": parameter " + std::to_string(i) +
                                        " points to " + describe(pointer)};
    }
  }
  return std::nullopt;
}

std::optional<Fault> run(const Launch& launch) {
  if (const std::optional<Fault> bad = bad_pointer(launch)) {
    return bad;
  }
  const std::optional<Fault> fault = execute(launch, static_cast<std::uint64_t>(options().order));
  const std::optional<std::string> broken = broken_guards();
  if (!fault && broken) {
    return Fault{illegal_address, std::string(launch.kernel->name) + ": " + *broken};
  }
  return fault;
}

}  // namespace

EMULATED(cuLaunchKernel, Handle function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
         unsigned block_y, unsigned block_z, unsigned dynamic_shared, Handle stream, void** parameters, void** extra) {
  return in_context(__func__, [&](Context& context) {
    const Function& named = alive(driver().functions, function, "not a living function");
    Stream* const on = context.stream(stream);
    require(on != nullptr, invalid_handle, "not a living stream of this context");
    require(extra == nullptr, not_supported, "parameters in one buffer, which is not emulated");
    const Dim3 grid{grid_x, grid_y, grid_z}, block{block_x, block_y, block_z};
    check_limits(named, grid, block, dynamic_shared);
    Launch launch{named.kernel, grid, block, dynamic_shared, pack(*named.kernel, parameters)};
    driver().launches[named.kernel->name]++;
    context.enqueue(*on, [launch = std::move(launch)] { return run(launch); });
    return success;
  });
}

}  // namespace emulator
