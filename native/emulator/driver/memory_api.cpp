#include "entry.hpp"
#include "heap.hpp"
#include "options.hpp"

namespace emulator {
namespace {

void* pointer(DeviceAddress address) { return reinterpret_cast<void*>(address); }

int allocate_pinned(Context& context, void** block, std::size_t bytes) {
  require(block != nullptr, invalid_value, "a null pointer to the block");
  require(bytes > 0, invalid_value, "an allocation of no bytes");
  *block = allocate(Kind::pinned, bytes, context.handle, context.device);
  return success;
}

// As the driver does, waits for all work before memory goes away.
void free_as(Kind kind, Context& context, const void* start, const char* what) {
  context.synchronize();
  if (allocation_at(start) != kind) {
    throw Misuse{invalid_value, std::string(what) + ": " + describe(start)};
  }
  release(start);
}

}  // namespace

EMULATED(cuMemAlloc_v2, DeviceAddress* address, std::size_t bytes) {
  return in_context(__func__, [&](Context& context) -> int {
    require(address != nullptr, invalid_value, "a null pointer to the address");
    require(bytes > 0, invalid_value, "an allocation of no bytes");
    const std::int64_t left = options().memory - live_bytes_on(context.device);
    if (left < 0 || bytes > static_cast<std::size_t>(left)) {
      return out_of_memory;
    }
    *address = reinterpret_cast<DeviceAddress>(allocate(Kind::device, bytes, context.handle, context.device));
    return success;
  });
}

EMULATED(cuMemFree_v2, DeviceAddress address) {
  return ending(__func__, [&](Context& context) {
    if (address != 0) {
      free_as(Kind::device, context, pointer(address), "not the start of a live device allocation");
    }
  });
}

EMULATED(cuMemHostAlloc, void** block, std::size_t bytes, unsigned) {
  return in_context(__func__, [&](Context& context) { return allocate_pinned(context, block, bytes); });
}

EMULATED(cuMemAllocHost_v2, void** block, std::size_t bytes) {
  return in_context(__func__, [&](Context& context) { return allocate_pinned(context, block, bytes); });
}

EMULATED(cuMemFreeHost, void* block) {
  return ending(__func__, [&](Context& context) {
    free_as(Kind::pinned, context, block, "not the start of a live pinned block");
  });
}

EMULATED(cuMemHostGetDevicePointer_v2, DeviceAddress* address, void* block, unsigned flags) {
  return in_context(__func__, [&](Context&) {
    require(address != nullptr && flags == 0, invalid_value, "a null pointer to the address, or flags");
    require(place_of(block, 0) == Place::pinned, invalid_value, "not pinned host memory");
    *address = reinterpret_cast<DeviceAddress>(block);
    return success;
  });
}

}  // namespace emulator
