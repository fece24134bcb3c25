#include <chrono>

#include "entry.hpp"

namespace emulator {
namespace {

double milliseconds_now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

Event& event_of(Handle event) { return alive(driver().events, event, "not a living event"); }

int elapsed(float* milliseconds, Handle from, Handle to) {
  require(milliseconds != nullptr, invalid_value, "a null pointer to the time");
  const Event& first = event_of(from);
  const Event& last = event_of(to);
  require(first.timed && last.timed, invalid_handle, "an event without timing");
  require(first.recorded && last.recorded, invalid_handle, "an event that was never recorded");
  if (is_pending(first.recorded) || is_pending(last.recorded)) {
    return not_ready;
  }
  *milliseconds = static_cast<float>(*last.milliseconds - *first.milliseconds);
  return success;
}

}  // namespace

EMULATED(cuEventCreate, Handle* event, unsigned flags) {
  return in_context(__func__, [&](Context& context) {
    require(event != nullptr, invalid_value, "a null pointer to the event");
    require(flags <= 7, invalid_value, "unknown flags");
    *event = driver().events.add({&context, (flags & event_disable_timing) == 0});
    return success;
  });
}

EMULATED(cuEventDestroy_v2, Handle event) {
  return ending(__func__, [&](Context&) {
    event_of(event);
    driver().events.remove(event);
  });
}

EMULATED(cuEventRecord, Handle event, Handle stream) {
  return in_context(__func__, [&](Context& context) {
    Event& recorded = event_of(event);
    Stream* const on = context.stream(stream);
    require(on != nullptr, invalid_handle, "not a living stream of this context");
    const auto milliseconds = std::make_shared<double>(0);
    recorded.milliseconds = milliseconds;
    recorded.recorded = context.enqueue(*on, [=]() -> std::optional<Fault> {
      *milliseconds = milliseconds_now();
      return std::nullopt;
    });
    return success;
  });
}

EMULATED(cuEventSynchronize, Handle event) {
  return in_context(__func__, [&](Context& context) {
    finish(event_of(event).recorded);
    context.check_guards("found at a synchronise");
    return context.sticky;
  });
}

// Whoever asks again and again gets on by one task each time.
EMULATED(cuEventQuery, Handle event) {
  return in_context(__func__, [&](Context& context) -> int {
    const TaskPointer recorded = event_of(event).recorded;
    const bool pending = is_pending(recorded);
    advance(recorded);
    return context.sticky != success ? context.sticky : pending ? not_ready : success;
  });
}

EMULATED(cuEventElapsedTime, float* milliseconds, Handle from, Handle to) {
  return in_context(__func__, [&](Context&) { return elapsed(milliseconds, from, to); });
}

EMULATED(cuEventElapsedTime_v2, float* milliseconds, Handle from, Handle to) {
  return in_context(__func__, [&](Context&) { return elapsed(milliseconds, from, to); });
}

}  // namespace emulator
