#include "entry.hpp"

namespace emulator {
namespace {

Context& primary_context(int device) {
  Context* const context = context_of(device);
  require(context != nullptr, invalid_device, "no such device");
  return *context;
}

void replace_current(Handle context) {
  auto& stack = current_contexts();
  if (!stack.empty()) {
    stack.pop_back();
  }
  if (context != 0) {
    stack.push_back(context);
  }
}

void check_context(Handle context) {
  require(context_with(context) != nullptr, invalid_context, "not a living context");
}

}  // namespace

EMULATED(cuDevicePrimaryCtxRetain, Handle* context, int device) {
  return initialized(__func__, [&] {
    Context& primary = primary_context(device);
    require(context != nullptr, invalid_value, "a null pointer to the context");
    primary.retain();
    *context = primary.handle;
  });
}

EMULATED(cuDevicePrimaryCtxRelease_v2, int device) {
  return initialized(__func__, [&] {
    Context& primary = primary_context(device);
    require(primary.retained > 0, invalid_context, "the context was released more often than retained");
    primary.release();
  });
}

EMULATED(cuDevicePrimaryCtxReset_v2, int device) {
  return initialized(__func__, [&] { primary_context(device).reset(); });
}

EMULATED(cuDevicePrimaryCtxGetState, int device, unsigned* flags, int* active) {
  return initialized(__func__, [&] {
    require(flags != nullptr && active != nullptr, invalid_value, "a null pointer to the answer");
    *flags = 0;
    *active = primary_context(device).retained > 0 ? 1 : 0;
  });
}

EMULATED(cuCtxSetCurrent, Handle context) {
  return initialized(__func__, [&] {
    if (context != 0) {
      check_context(context);
    }
    replace_current(context);
  });
}

EMULATED(cuCtxGetCurrent, Handle* context) {
  return initialized(__func__, [&] {
    require(context != nullptr, invalid_value, "a null pointer to the context");
    *context = current_contexts().empty() ? 0 : current_contexts().back();
  });
}

EMULATED(cuCtxPushCurrent_v2, Handle context) {
  return initialized(__func__, [&] {
    check_context(context);
    current_contexts().push_back(context);
  });
}

EMULATED(cuCtxPopCurrent_v2, Handle* context) {
  return initialized(__func__, [&] {
    require(!current_contexts().empty(), invalid_context, "no context is current");
    if (context != nullptr) {
      *context = current_contexts().back();
    }
    current_contexts().pop_back();
  });
}

EMULATED(cuCtxGetDevice, int* device) {
  return in_context(__func__, [&](Context& context) {
    require(device != nullptr, invalid_value, "a null pointer to the device");
    *device = context.device;
    return success;
  });
}

EMULATED(cuCtxSynchronize, void) {
  return in_context(__func__, [](Context& context) {
    context.synchronize();
    return context.sticky;
  });
}

}  // namespace emulator
