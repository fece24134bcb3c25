// Allocation, guard zones, use after free, limits, leaks, and the ranges of copies.
#include <cmath>

#include "api.hpp"

using namespace emulator;

namespace {

void new_memory_is_not_zero(Size count) {
  const Session session;
  const DeviceAddress address = device_memory(count * sizeof(double));
  std::vector<double> values(count, 0);
  CHECK(cuMemcpyDtoH_v2(values.data(), address, count * sizeof(double)) == success);
  for (const double value : values) {
    CHECK(std::isnan(value));
  }
  CHECK(address % 256 == 0);
  CHECK(emulator_count("bytes") == static_cast<std::int64_t>(count * sizeof(double)));
  CHECK(cuMemFree_v2(address) == success);
  CHECK(emulator_count("allocations") == 0);
}

void a_write_behind_an_allocation_is_found(std::int64_t count) {
  Session session;
  const DeviceAddress address = device_memory(static_cast<Size>(count) * sizeof(double));
  CHECK(session.launch("overrun", 0, address, count) == success);
  CHECK(fault_says("overrun: a write at 0 bytes behind an allocation of"));
  CHECK(cuCtxSynchronize() == illegal_address);
  CHECK(cuMemFree_v2(address) == illegal_address);
}

void an_overrun_of_pinned_memory_is_found() {
  const Session session;
  auto* const block = pinned_memory<unsigned char>(100);
  block[-3] = 7;
  CHECK(cuCtxSynchronize() == illegal_address);
  CHECK(fault_says("3 bytes before a pinned block of 100 bytes"));
  CHECK(cuMemFreeHost(block) == illegal_address);
}

void use_after_free_is_found() {
  Session session;
  const DeviceAddress address = device_memory(80);
  CHECK(session.launch("keep", 0, address) == success);
  CHECK(cuMemFree_v2(address) == success);
  std::vector<std::byte> host(80);
  CHECK(cuMemcpyDtoH_v2(host.data(), address, 80) == invalid_value);
  CHECK(fault_says("cuMemcpyDtoH_v2: 80 bytes at byte 0 of a freed allocation of 80 bytes"));
  CHECK(session.launch("write_kept", 0) == success);
  CHECK(cuCtxSynchronize() == illegal_address);
  CHECK(fault_says("write_kept: a write at byte 0 of a freed allocation of 80 bytes"));
}

void a_pointer_to_freed_memory_is_no_parameter() {
  Session session;
  const DeviceAddress address = device_memory(80);
  CHECK(cuMemFree_v2(address) == success);
  CHECK(session.launch("add_one", 0, address, std::int64_t{10}) == success);
  CHECK(cuCtxSynchronize() == illegal_address);
  CHECK(fault_says("add_one: parameter 0 points to byte 0 of a freed allocation"));
}

void double_free_is_found() {
  const Session session;
  const DeviceAddress address = device_memory(16);
  CHECK(cuMemFree_v2(address + 8) == invalid_value);
  CHECK(cuMemFree_v2(address) == success);
  CHECK(cuMemFree_v2(address) == invalid_value);
  CHECK(fault_says("cuMemFree_v2: not the start of a live device allocation: byte 0 of a freed"));
  CHECK(cuMemFree_v2(0) == success);
  int on_stack = 0;
  CHECK(cuMemFreeHost(&on_stack) == invalid_value);
  auto* const block = pinned_memory<int>(4);
  CHECK(cuMemFree_v2(reinterpret_cast<DeviceAddress>(block)) == invalid_value);
  CHECK(cuMemFreeHost(block) == success);
}

void memory_is_limited(std::int64_t bytes) {
  const Session session;
  CHECK(emulator_set("memory", bytes) == 0);
  DeviceAddress first = 0, second = 0;
  CHECK(cuMemAlloc_v2(&first, static_cast<Size>(bytes) + 1) == out_of_memory);
  CHECK(cuMemAlloc_v2(&first, static_cast<Size>(bytes) - 8) == success);
  CHECK(cuMemAlloc_v2(&second, 9) == out_of_memory);
  Size free = 0, total = 0;
  CHECK(cuMemGetInfo_v2(&free, &total) == success);
  CHECK(free == 8);
  CHECK(total == static_cast<Size>(bytes));
  CHECK(cuMemFree_v2(first) == success);
  CHECK(cuMemAlloc_v2(&second, static_cast<Size>(bytes)) == success);
  CHECK(cuMemFree_v2(second) == success);
}

void leaks_outlive_their_context_in_the_counts() {
  {
    const Session session;
    device_memory(1000);
    pinned_memory<char>(10);
    new_stream();
    new_event();
  }
  CHECK(emulator_count("contexts") == 0);
  CHECK(emulator_count("allocations") == 1);
  CHECK(emulator_count("bytes") == 1000);
  CHECK(emulator_count("pinned") == 1);
  CHECK(emulator_count("streams") == 1);
  CHECK(emulator_count("events") == 1);
  CHECK(emulator_reset() == 0);
  CHECK(nothing_alive());
}

void copies_stay_in_their_ranges(Size bytes) {
  const Session session;
  const DeviceAddress device = device_memory(bytes), other = device_memory(bytes);
  auto* const pinned = pinned_memory<unsigned char>(bytes);
  std::vector<unsigned char> pageable(bytes + 1);
  const Handle stream = new_stream();
  CHECK(cuMemcpyHtoD_v2(device, pageable.data(), bytes) == success);
  CHECK(cuMemcpyHtoD_v2(device, pageable.data(), bytes + 1) == invalid_value);
  CHECK(cuMemcpyHtoD_v2(device + 1, pageable.data(), bytes) == invalid_value);
  CHECK(cuMemcpyDtoD_v2(other, device, bytes) == success);
  CHECK(cuMemcpyDtoD_v2(other + 2, device, bytes) == invalid_value);
  CHECK(cuMemcpyHtoDAsync_v2(device, pageable.data(), bytes, stream) == invalid_value);
  CHECK(fault_says("are not all in live pinned memory"));
  CHECK(cuMemcpyHtoDAsync_v2(device, pinned, bytes, stream) == success);
  CHECK(cuMemcpyHtoDAsync_v2(device, pinned + 1, bytes, stream) == invalid_value);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, bytes, stream) == success);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, bytes, 0x999) == invalid_handle);
  CHECK(cuMemsetD8Async(device, 5, bytes, stream) == success);
  CHECK(cuMemsetD8Async(device, 5, bytes + 1, stream) == invalid_value);
  CHECK(cuMemsetD32_v2(device + 2, 5, 1) == invalid_value);
  CHECK(cuStreamDestroy_v2(stream) == success);
  CHECK(cuMemFreeHost(pinned) == success);
  CHECK(cuMemFree_v2(device) == success);
  CHECK(cuMemFree_v2(other) == success);
}

}  // namespace

int main() {
  for (const Size count : {1, 300}) {
    new_memory_is_not_zero(count);
    a_write_behind_an_allocation_is_found(static_cast<std::int64_t>(count));
    copies_stay_in_their_ranges(4 * count + 3);
  }
  an_overrun_of_pinned_memory_is_found();
  use_after_free_is_found();
  a_pointer_to_freed_memory_is_no_parameter();
  double_free_is_found();
  memory_is_limited(1000);
  memory_is_limited(1 << 20);
  CHECK(nothing_alive());
  leaks_outlive_their_context_in_the_counts();
  return check::result();
}
