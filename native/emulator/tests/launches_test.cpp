// Modules, functions, launches, limits and errors that stay.
#include <thread>

#include "../execution.hpp"
#include "api.hpp"

using namespace emulator;

namespace {

void a_kernel_works_on_device_memory(std::int64_t count) {
  Session session;
  const DeviceAddress device = device_memory(static_cast<Size>(count) * sizeof(double));
  std::vector<double> values(static_cast<Size>(count), 41);
  CHECK(cuMemcpyHtoD_v2(device, values.data(), values.size() * sizeof(double)) == success);
  CHECK(session.launch("add_one", 0, device, count) == success);
  CHECK(session.launch("add_one", 0, DeviceAddress{0}, std::int64_t{0}) == success);
  CHECK(cuMemcpyDtoH_v2(values.data(), device, values.size() * sizeof(double)) == success);
  for (const double value : values) {
    CHECK(value == 42);
  }
  CHECK(emulator_count("launches add_one") == 2);
  CHECK(emulator_count("launches overrun") == 0);
  CHECK(emulator_count("launches nothing") == -1);
  CHECK(cuMemFree_v2(device) == success);
}

void only_images_of_modules_are_loaded() {
  const Session session;
  Handle module = 0;
  for (const char* image : {"\x50\xed\x55\xba....",
                            "\x7f"
                            "ELF....",
                            stub_ptx, "// made by a compiler\n.version 9.0\n"}) {
    CHECK(cuModuleLoadData(&module, image) == success);
    CHECK(cuModuleUnload(module) == success);
    CHECK(cuModuleUnload(module) == invalid_handle);
  }
  for (const char* image : {"", "some text", "// no directive", "PK\x03\x04"}) {
    CHECK(cuModuleLoadData(&module, image) == invalid_image);
  }
  CHECK(cuModuleLoadData(&module, nullptr) == invalid_value);
  Handle function = 0;
  CHECK(cuModuleGetFunction(&function, session.module, "nothing") == not_found);
}

int launch_with(const Session& session, Dim3 grid, Dim3 block, unsigned shared) {
  DeviceAddress device = 0;
  std::int64_t count = 0;
  void* parameters[] = {&device, &count};
  return cuLaunchKernel(session.function("add_one"), grid.x, grid.y, grid.z, block.x, block.y, block.z, shared, 0,
                        parameters, nullptr);
}

void launches_keep_to_the_limits() {
  const Session session;
  CHECK(launch_with(session, {1, 1, 1}, {1024, 1, 1}, 0) == success);
  CHECK(launch_with(session, {1, 1, 1}, {32, 32, 1}, 48 << 10) == success);
  CHECK(launch_with(session, {1, 1, 1}, {1025, 1, 1}, 0) == invalid_value);
  CHECK(launch_with(session, {1, 1, 1}, {32, 33, 1}, 0) == invalid_value);
  CHECK(launch_with(session, {1, 1, 1}, {1, 1, 65}, 0) == invalid_value);
  CHECK(launch_with(session, {0, 1, 1}, {1, 1, 1}, 0) == invalid_value);
  CHECK(launch_with(session, {1, 1, 1}, {1, 0, 1}, 0) == invalid_value);
  CHECK(launch_with(session, {1, 65535, 1}, {1, 1, 1}, 0) == success);
  CHECK(launch_with(session, {1, 65536, 1}, {1, 1, 1}, 0) == invalid_value);
  CHECK(launch_with(session, {1, 1, 65536}, {1, 1, 1}, 0) == invalid_value);
}

void shared_memory_above_48_kilobytes_needs_leave(int limit) {
  const Session session;
  CHECK(emulator_set("shared", limit) == 0);
  const Handle function = session.function("add_one");
  CHECK(launch_with(session, {}, {}, (48 << 10) + 1) == invalid_value);
  CHECK(cuFuncSetAttribute(function, max_dynamic_shared_attribute, limit + 1) == invalid_value);
  CHECK(cuFuncSetAttribute(function, max_dynamic_shared_attribute, limit) == success);
  int allowed = 0;
  CHECK(cuFuncGetAttribute(&allowed, max_dynamic_shared_attribute, function) == success);
  CHECK(allowed == limit);
  CHECK(launch_with(session, {}, {}, static_cast<unsigned>(limit)) == success);
  CHECK(launch_with(session, {}, {}, static_cast<unsigned>(limit) + 1) == invalid_value);
}

int launch_sharing(const Session& session, unsigned shared) {
  return cuLaunchKernel(session.function("share"), 1, 1, 1, 32, 1, 1, shared, 0, nullptr, nullptr);
}

void what_a_kernel_declares_counts_against_both_limits(int limit) {
  constexpr int declared = 4624;
  const Session session;
  CHECK(emulator_set("shared", limit) == 0);
  const Handle function = session.function("share");
  int found = 0;
  CHECK(cuFuncGetAttribute(&found, 1, function) == success);
  CHECK(found == declared);
  CHECK(cuFuncGetAttribute(&found, max_dynamic_shared_attribute, function) == success);
  CHECK(found == (48 << 10) - declared);
  CHECK(launch_sharing(session, (48 << 10) - declared) == success);
  CHECK(launch_sharing(session, (48 << 10) - declared + 1) == invalid_value);
  CHECK(cuFuncSetAttribute(function, max_dynamic_shared_attribute, limit - declared + 1) == invalid_value);
  CHECK(cuFuncSetAttribute(function, max_dynamic_shared_attribute, limit - declared) == success);
  CHECK(launch_sharing(session, static_cast<unsigned>(limit - declared)) == success);
  CHECK(launch_sharing(session, static_cast<unsigned>(limit - declared) + 1) == invalid_value);
}

void a_failed_launch_stays_until_the_context_is_released() {
  {
    Session session;
    const DeviceAddress device = device_memory(8);
    const Handle stream = new_stream();
    CHECK(session.launch("faulty", stream) == success);
    DeviceAddress other = 0;
    CHECK(cuMemAlloc_v2(&other, 8) == launch_failed);
    CHECK(cuStreamSynchronize(stream) == launch_failed);
    CHECK(cuCtxSynchronize() == launch_failed);
    CHECK(fault_says("faulty: block (0,0,0), thread (0,0,0)"));
    CHECK(cuStreamDestroy_v2(stream) == launch_failed);
    CHECK(cuMemFree_v2(device) == launch_failed);
    CHECK(emulator_count("allocations") == 0);
    CHECK(emulator_count("streams") == 0);
  }
  const Session session;
  CHECK(cuMemFree_v2(device_memory(8)) == success);
}

void a_lazy_fault_shows_at_the_synchronise() {
  Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle stream = new_stream();
  CHECK(session.launch("faulty", stream) == success);
  CHECK(cuMemFree_v2(0) == success);
  CHECK(cuStreamSynchronize(stream) == launch_failed);
  CHECK(cuStreamDestroy_v2(stream) == launch_failed);
}

void contexts_are_needed_and_end() {
  emulator_reset();
  DeviceAddress address = 0;
  CHECK(cuMemAlloc_v2(&address, 8) == invalid_context);
  Handle context = 0, current = 1;
  CHECK(cuDevicePrimaryCtxRetain(&context, 1) == invalid_device);
  CHECK(cuDevicePrimaryCtxRetain(&context, 0) == success);
  CHECK(cuCtxGetCurrent(&current) == success);
  CHECK(current == 0);
  CHECK(cuCtxPushCurrent_v2(context) == success);
  CHECK(cuCtxGetCurrent(&current) == success);
  CHECK(current == context);
  CHECK(cuDevicePrimaryCtxRelease_v2(0) == success);
  CHECK(cuMemAlloc_v2(&address, 8) == context_is_destroyed);
  CHECK(cuCtxPopCurrent_v2(&current) == success);
  CHECK(cuCtxPopCurrent_v2(&current) == invalid_context);
  CHECK(cuDevicePrimaryCtxRelease_v2(0) == invalid_context);
  CHECK(cuCtxSetCurrent(context) == invalid_context);
}

// Each thread has its own current context.
void another_thread_makes_the_context_current_itself() {
  const Session session;
  std::thread([&] {
    DeviceAddress address = 0;
    CHECK(cuMemAlloc_v2(&address, 8) == invalid_context);
    CHECK(cuCtxSetCurrent(session.context) == success);
    CHECK(cuMemAlloc_v2(&address, 8) == success);
    CHECK(cuMemFree_v2(address) == success);
  }).join();
}

void devices_are_as_many_as_set() {
  emulator_reset();
  CHECK(emulator_set("devices", 0) == 0);
  CHECK(cuInit(0) == no_device);
  CHECK(emulator_set("devices", 3) == 0);
  CHECK(cuInit(0) == success);
  int count = 0;
  CHECK(cuDeviceGetCount(&count) == success);
  CHECK(count == 3);
  Handle first = 0, third = 0;
  CHECK(cuDevicePrimaryCtxRetain(&first, 0) == success);
  CHECK(cuDevicePrimaryCtxRetain(&third, 2) == success);
  CHECK(first != third);
  CHECK(emulator_count("contexts") == 2);
  CHECK(cuDevicePrimaryCtxRelease_v2(0) == success);
  CHECK(cuDevicePrimaryCtxRelease_v2(2) == success);
  emulator_reset();
}

}  // namespace

int main() {
  CHECK(cuCtxSetCurrent(0) == not_initialized);
  CHECK(cuInit(0) == success);
  contexts_are_needed_and_end();
  a_kernel_works_on_device_memory(1);
  a_kernel_works_on_device_memory(1000);
  only_images_of_modules_are_loaded();
  launches_keep_to_the_limits();
  shared_memory_above_48_kilobytes_needs_leave(99 << 10);
  shared_memory_above_48_kilobytes_needs_leave(64 << 10);
  what_a_kernel_declares_counts_against_both_limits(99 << 10);
  what_a_kernel_declares_counts_against_both_limits(64 << 10);
  a_failed_launch_stays_until_the_context_is_released();
  a_lazy_fault_shows_at_the_synchronise();
  another_thread_makes_the_context_current_itself();
  devices_are_as_many_as_set();
  CHECK(nothing_alive());
  return check::result();
}
