// Copies and fills. Their ranges are looked at when they are put on a stream, and again when they run.
#include <cstring>

#include "entry.hpp"
#include "heap.hpp"

namespace emulator {
namespace {

struct Range {
  void* start;
  std::size_t bytes;
  enum { device, pinned, host } side;
};

Range on_device(DeviceAddress address, std::size_t bytes) {
  return {reinterpret_cast<void*>(address), bytes, Range::device};
}

Range pinned(const void* address, std::size_t bytes) { return {const_cast<void*>(address), bytes, Range::pinned}; }

Range on_host(const void* address, std::size_t bytes) { return {const_cast<void*>(address), bytes, Range::host}; }

// "" where the range lies as it has to; otherwise what is wrong.
std::string complaint(const Range& range) {
  const Place place = range.bytes == 0 ? Place::outside : place_of(range.start, range.bytes);
  const std::string said = std::to_string(range.bytes) + " bytes at " + describe(range.start);
  if (range.bytes == 0) {
    return "";
  }
  switch (range.side) {
    case Range::device: return place == Place::device ? "" : said + " are not all in live device memory";
    case Range::pinned: return place == Place::pinned ? "" : said + " are not all in live pinned memory";
    default: return place == Place::pinned || place == Place::outside ? "" : said + " are not host memory to copy";
  }
}

std::string complaint(const Range& to, const Range& from) {
  const std::string first = complaint(to);
  return first.empty() ? complaint(from) : first;
}

TaskPointer enqueue_checked(const char* function, Context& context, Handle stream, const Range& to, const Range& from,
                            std::function<void()> work) {
  Stream* const on = context.stream(stream);
  require(on != nullptr, invalid_handle, "not a living stream of this context");
  if (const std::string wrong = complaint(to, from); !wrong.empty()) {
    throw Misuse{invalid_value, wrong};
  }
  return context.enqueue(*on, [=, work = std::move(work)]() -> std::optional<Fault> {
    if (const std::string wrong = complaint(to, from); !wrong.empty()) {
      return Fault{illegal_address, std::string(function) + ": " + wrong + " any more when it runs"};
    }
    work();
    return std::nullopt;
  });
}

TaskPointer enqueue_copy(const char* function, Context& context, Handle stream, const Range& to, const Range& from) {
  return enqueue_checked(function, context, stream, to, from, [=] { std::memmove(to.start, from.start, from.bytes); });
}

template <class Element>
TaskPointer enqueue_fill(const char* function, Context& context, Handle stream, DeviceAddress address, Element value,
                         std::size_t count) {
  std::size_t bytes = 0;
  require(!__builtin_mul_overflow(count, sizeof value, &bytes), invalid_value, "more bytes than can be addressed");
  require(address % sizeof value == 0, invalid_value, "an address that is not aligned to the value");
  const Range range = on_device(address, bytes);
  return enqueue_checked(function, context, stream, range, range, [=] {
    for (std::size_t i = 0; i < count; i++) {
      std::memcpy(static_cast<std::byte*>(range.start) + i * sizeof value, &value, sizeof value);
    }
  });
}

int put(const char* function, Handle stream, const Range& to, const Range& from) {
  return in_context(function, [&](Context& context) {
    enqueue_copy(function, context, stream, to, from);
    return success;
  });
}

int put_and_wait(const char* function, const Range& to, const Range& from) {
  return in_context(function, [&](Context& context) {
    finish(enqueue_copy(function, context, legacy_stream, to, from));
    context.check_guards("found at a copy");
    return context.sticky;
  });
}

// As on a device, a fill does not wait, whether its name has Async in it or not.
template <class Element>
int put_fill(const char* function, Handle stream, DeviceAddress address, Element value, std::size_t count) {
  return in_context(function, [&](Context& context) {
    enqueue_fill(function, context, stream, address, value, count);
    return success;
  });
}

}  // namespace

EMULATED(cuMemcpyHtoD_v2, DeviceAddress to, const void* from, std::size_t bytes) {
  return put_and_wait(__func__, on_device(to, bytes), on_host(from, bytes));
}

EMULATED(cuMemcpyDtoH_v2, void* to, DeviceAddress from, std::size_t bytes) {
  return put_and_wait(__func__, on_host(to, bytes), on_device(from, bytes));
}

EMULATED(cuMemcpyDtoD_v2, DeviceAddress to, DeviceAddress from, std::size_t bytes) {
  return put_and_wait(__func__, on_device(to, bytes), on_device(from, bytes));
}

EMULATED(cuMemcpyHtoDAsync_v2, DeviceAddress to, const void* from, std::size_t bytes, Handle stream) {
  return put(__func__, stream, on_device(to, bytes), pinned(from, bytes));
}

EMULATED(cuMemcpyDtoHAsync_v2, void* to, DeviceAddress from, std::size_t bytes, Handle stream) {
  return put(__func__, stream, pinned(to, bytes), on_device(from, bytes));
}

EMULATED(cuMemcpyDtoDAsync_v2, DeviceAddress to, DeviceAddress from, std::size_t bytes, Handle stream) {
  return put(__func__, stream, on_device(to, bytes), on_device(from, bytes));
}

EMULATED(cuMemsetD8_v2, DeviceAddress address, unsigned char value, std::size_t count) {
  return put_fill(__func__, legacy_stream, address, value, count);
}

EMULATED(cuMemsetD8Async, DeviceAddress address, unsigned char value, std::size_t count, Handle stream) {
  return put_fill(__func__, stream, address, value, count);
}

EMULATED(cuMemsetD32_v2, DeviceAddress address, unsigned value, std::size_t count) {
  return put_fill(__func__, legacy_stream, address, value, count);
}

EMULATED(cuMemsetD32Async, DeviceAddress address, unsigned value, std::size_t count, Handle stream) {
  return put_fill(__func__, stream, address, value, count);
}

}  // namespace emulator
