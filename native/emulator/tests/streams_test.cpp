// Streams and events, at once and in lazy mode.
#include "api.hpp"

using namespace emulator;

namespace {

// A pinned buffer that is read before anything waited for its copy: lazy mode shows it.
void a_buffer_read_too_early_is_stale(bool lazy) {
  const Session session;
  CHECK(emulator_set("lazy", lazy ? 1 : 0) == 0);
  const Handle stream = new_stream();
  const DeviceAddress device = device_memory(4);
  auto* const pinned = pinned_memory<unsigned>(1);
  *pinned = 1;
  CHECK(cuMemsetD32Async(device, 42, 1, stream) == success);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, 4, stream) == success);
  CHECK(*pinned == (lazy ? 1u : 42u));
  CHECK(cuStreamSynchronize(stream) == success);
  CHECK(*pinned == 42);
  CHECK(cuStreamDestroy_v2(stream) == success);
  CHECK(cuMemFreeHost(pinned) == success);
  CHECK(cuMemFree_v2(device) == success);
}

// The second stream waits for the first by an event, but not for what comes after the record.
void an_event_orders_two_streams() {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle first = new_stream(), second = new_stream(), event = new_event();
  const DeviceAddress device = device_memory(4);
  auto* const pinned = pinned_memory<unsigned>(1);
  CHECK(cuMemsetD32Async(device, 1, 1, first) == success);
  CHECK(cuEventRecord(event, first) == success);
  CHECK(cuMemsetD32Async(device, 2, 1, first) == success);
  CHECK(cuStreamWaitEvent(second, event, 0) == success);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, 4, second) == success);
  CHECK(cuStreamSynchronize(second) == success);
  CHECK(*pinned == 1);
  CHECK(cuEventQuery(event) == success);
  CHECK(cuStreamQuery(first) == not_ready);
  CHECK(cuStreamQuery(first) == success);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, 4, second) == success);
  CHECK(cuCtxSynchronize() == success);
  CHECK(*pinned == 2);
  CHECK(cuEventDestroy_v2(event) == success);
  CHECK(cuEventDestroy_v2(event) == invalid_handle);
  CHECK(cuStreamDestroy_v2(first) == success);
  CHECK(cuStreamDestroy_v2(second) == success);
  CHECK(cuMemFreeHost(pinned) == success);
  CHECK(cuMemFree_v2(device) == success);
}

// Without the event, nothing makes the first stream's work run: the missing wait shows.
void without_an_event_nothing_is_ordered() {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle first = new_stream(), second = new_stream();
  const DeviceAddress device = device_memory(4);
  auto* const pinned = pinned_memory<unsigned>(1);
  CHECK(cuMemsetD32Async(device, 1, 1, first) == success);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, 4, second) == success);
  CHECK(cuStreamSynchronize(second) == success);
  CHECK(*pinned == 0xffffffff);
  CHECK(cuStreamDestroy_v2(first) == success);
  CHECK(cuStreamDestroy_v2(second) == success);
  CHECK(cuMemFreeHost(pinned) == success);
  CHECK(cuMemFree_v2(device) == success);
}

// Blocking streams and the legacy default stream wait for each other; a non-blocking stream does not.
void the_default_stream_waits_for_blocking_streams() {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  Handle blocking = 0;
  CHECK(cuStreamCreate(&blocking, 0) == success);
  const Handle free = new_stream();
  const DeviceAddress device = device_memory(8);
  CHECK(cuMemsetD32Async(device, 1, 1, blocking) == success);
  CHECK(cuMemsetD32Async(device + 4, 1, 1, free) == success);
  unsigned values[2] = {};
  CHECK(cuMemcpyDtoH_v2(values, device, 8) == success);
  CHECK(values[0] == 1);
  CHECK(values[1] == 0xffffffff);
  CHECK(cuMemsetD32_v2(device, 7, 1) == success);
  auto* const pinned = pinned_memory<unsigned>(1);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, 4, blocking) == success);
  CHECK(cuStreamSynchronize(blocking) == success);
  CHECK(*pinned == 7);
  CHECK(cuStreamDestroy_v2(blocking) == success);
  CHECK(cuStreamDestroy_v2(free) == success);
  CHECK(cuMemFreeHost(pinned) == success);
  CHECK(cuMemFree_v2(device) == success);
}

void events_tell_time_once_they_are_passed() {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle stream = new_stream(), from = new_event(), to = new_event();
  float milliseconds = -1;
  CHECK(cuEventElapsedTime(&milliseconds, from, to) == invalid_handle);
  CHECK(cuEventRecord(from, stream) == success);
  CHECK(cuEventRecord(to, stream) == success);
  CHECK(cuEventElapsedTime(&milliseconds, from, to) == not_ready);
  CHECK(cuEventSynchronize(to) == success);
  CHECK(cuEventElapsedTime(&milliseconds, from, to) == success);
  CHECK(milliseconds >= 0);
  CHECK(cuEventDestroy_v2(from) == success);
  CHECK(cuEventDestroy_v2(to) == success);
  CHECK(cuStreamDestroy_v2(stream) == success);
}

// Thousands of waiting tasks run without recursion, in their order.
void a_long_queue_keeps_its_order(int length) {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle stream = new_stream();
  const DeviceAddress device = device_memory(4);
  for (int i = 0; i < length; i++) {
    CHECK(cuMemsetD32Async(device, static_cast<unsigned>(i), 1, stream) == success);
  }
  CHECK(cuStreamSynchronize(stream) == success);
  unsigned value = 0;
  CHECK(cuMemcpyDtoH_v2(&value, device, 4) == success);
  CHECK(value == static_cast<unsigned>(length - 1));
  CHECK(cuStreamDestroy_v2(stream) == success);
  CHECK(cuMemFree_v2(device) == success);
}

// A copy that still waits when its memory goes is done first, as the driver does.
void freeing_waits() {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle stream = new_stream();
  const DeviceAddress device = device_memory(4);
  auto* const pinned = pinned_memory<unsigned>(1);
  CHECK(cuMemsetD32Async(device, 3, 1, stream) == success);
  CHECK(cuMemcpyDtoHAsync_v2(pinned, device, 4, stream) == success);
  CHECK(cuMemFree_v2(device) == success);
  CHECK(*pinned == 3);
  CHECK(cuMemFreeHost(pinned) == success);
  CHECK(cuStreamDestroy_v2(stream) == success);
}

}  // namespace

int main() {
  a_buffer_read_too_early_is_stale(false);
  a_buffer_read_too_early_is_stale(true);
  an_event_orders_two_streams();
  without_an_event_nothing_is_ordered();
  the_default_stream_waits_for_blocking_streams();
  events_tell_time_once_they_are_passed();
  a_long_queue_keeps_its_order(2);
  a_long_queue_keeps_its_order(100000);
  freeing_waits();
  CHECK(nothing_alive());
  return check::result();
}
