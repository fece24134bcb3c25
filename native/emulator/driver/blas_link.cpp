#include "blas_link.hpp"

#include "entry.hpp"
#include "heap.hpp"

namespace emulator {

bool has_usable_context() {
  const Context* const context = current_context();
  return driver().initialized && context != nullptr && context->sticky == success;
}

bool put_on_stream(Handle stream, std::function<std::optional<Fault>()> work) {
  Context* const context = current_context();
  Stream* const on = has_usable_context() ? context->stream(stream) : nullptr;
  if (on == nullptr) {
    return false;
  }
  context->enqueue(*on, std::move(work));
  return true;
}

std::string outside_device_memory(const void* address, std::size_t bytes) {
  if (bytes == 0 || place_of(address, bytes) == Place::device) {
    return "";
  }
  return std::to_string(bytes) + " bytes at " + describe(address) + " are not all in live device memory";
}

void count_blas_handles(int change) { driver().blas_handles += change; }

}  // namespace emulator
