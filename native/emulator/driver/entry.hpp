// The frame around the body of an exported function: lock, count, planned failure, context, errors.
#pragma once

#include <mutex>
#include <new>
#include <string>

#include "calls.hpp"
#include "context.hpp"

namespace emulator {

// Thrown where a caller has done something that a correct program does not; the text is what emulator_fault tells.
struct Misuse {
  int status;
  std::string what;
};

inline void require(bool condition, int status, const char* what) {
  if (!condition) {
    throw Misuse{status, what};
  }
}

// The object that a handle names.
template <class Object>
Object& alive(const Handles<Object>& handles, Handle handle, const char* what) {
  Object* const object = handles.find(handle);
  require(object != nullptr, invalid_handle, what);
  return *object;
}

// The calling thread's context; null where it has none that lives.
inline Context* current_context() {
  return current_contexts().empty() ? nullptr : context_with(current_contexts().back());
}

inline int no_current_context() { return current_contexts().empty() ? invalid_context : context_is_destroyed; }

// Any function; the body answers a status.
template <class Body>
int call(const char* function, Body&& body) noexcept {
  const std::lock_guard lock(driver_lock());
  if (const std::optional<int> planned = begin_call(function)) {
    if (Context* const context = current_context(); context != nullptr && is_sticky(*planned)) {
      context->fail(*planned, std::string(function) + " failed as planned");
    }
    return *planned;
  }
  try {
    return body();
  } catch (const Misuse& misuse) {
    note_fault(std::string(function) + ": " + misuse.what);
    return misuse.status;
  } catch (const std::bad_alloc&) {
    return out_of_memory;
  }
}

// A function that needs cuInit before it.
template <class Body>
int initialized(const char* function, Body&& body) noexcept {
  return call(function, [&]() -> int {
    if (!driver().initialized) {
      return not_initialized;
    }
    body();
    return success;
  });
}

// A function that works in the current context.
template <class Body>
int in_context(const char* function, Body&& body) noexcept {
  return call(function, [&]() -> int {
    Context* const context = current_context();
    if (!driver().initialized || context == nullptr) {
      return driver().initialized ? no_current_context() : not_initialized;
    }
    if (context->sticky != success) {
      return context->sticky;
    }
    return body(*context);
  });
}

// A function that ends something. It does so in a failed context too, so that what is left alive was forgotten, not
// kept back; it answers the context's failure all the same.
template <class Body>
int ending(const char* function, Body&& body) noexcept {
  return call(function, [&]() -> int {
    Context* const context = current_context();
    if (!driver().initialized || context == nullptr) {
      return driver().initialized ? no_current_context() : not_initialized;
    }
    body(*context);
    return context->sticky;
  });
}

}  // namespace emulator
