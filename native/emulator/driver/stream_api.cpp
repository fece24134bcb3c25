#include "entry.hpp"

namespace emulator {
namespace {

Stream& stream_of(Context& context, Handle handle) {
  Stream* const stream = context.stream(handle);
  require(stream != nullptr, invalid_handle, "not a living stream of this context");
  return *stream;
}

int create(Context& context, Handle* stream, unsigned flags) {
  require(stream != nullptr, invalid_value, "a null pointer to the stream");
  require(flags <= stream_non_blocking, invalid_value, "unknown flags");
  *stream = driver().streams.add({&context, flags != stream_non_blocking});
  return success;
}

}  // namespace

EMULATED(cuStreamCreate, Handle* stream, unsigned flags) {
  return in_context(__func__, [&](Context& context) { return create(context, stream, flags); });
}

EMULATED(cuStreamCreateWithPriority, Handle* stream, unsigned flags, int) {
  return in_context(__func__, [&](Context& context) { return create(context, stream, flags); });
}

// Work that is still to be done is done now; on a device it would be some time later.
EMULATED(cuStreamDestroy_v2, Handle stream) {
  return ending(__func__, [&](Context&) {
    finish(alive(driver().streams, stream, "not a living stream").last);
    driver().streams.remove(stream);
  });
}

EMULATED(cuStreamSynchronize, Handle stream) {
  return in_context(__func__, [&](Context& context) {
    finish(stream_of(context, stream).last);
    context.check_guards("found at a synchronise");
    return context.sticky;
  });
}

// Whoever asks again and again gets on by one task each time.
EMULATED(cuStreamQuery, Handle stream) {
  return in_context(__func__, [&](Context& context) -> int {
    const TaskPointer last = stream_of(context, stream).last;
    const bool pending = is_pending(last);
    advance(last);
    return context.sticky != success ? context.sticky : pending ? not_ready : success;
  });
}

EMULATED(cuStreamWaitEvent, Handle stream, Handle event, unsigned flags) {
  return in_context(__func__, [&](Context& context) {
    require(flags <= 1, invalid_value, "unknown flags");
    Stream& waiting = stream_of(context, stream);
    context.enqueue(waiting, nullptr, alive(driver().events, event, "not a living event").recorded);
    return success;
  });
}

}  // namespace emulator
