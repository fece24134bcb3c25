// A device's primary context and what lives in it. Callers hold the driver's lock.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../execution.hpp"
#include "cuda.hpp"
#include "handles.hpp"
#include "tasks.hpp"

namespace emulator {

struct Stream {
  Context* context = nullptr;
  // A blocking stream and the legacy default stream wait for each other.
  bool blocking = false;
  TaskPointer last = nullptr;
};

struct Event {
  Context* context;
  bool timed;
  TaskPointer recorded = nullptr;
  std::shared_ptr<double> milliseconds = nullptr;  // of the record that is waited for
};

struct Module {
  Context* context;
  std::map<std::string, Handle, std::less<>> functions = {};
};

struct Function {
  Context* context;
  Handle module;
  const Kernel* kernel;
  std::optional<std::size_t> dynamic_given = {};

  // Without leave what the kernel declares itself and what a launch adds share one limit.
  std::size_t dynamic_allowed(std::size_t declared) const {
    return dynamic_given.value_or(free_shared - std::min(free_shared, declared));
  }
};

struct Context {
  int device;
  int retained = 0;
  Handle handle = 0;  // 0 while nobody retains it
  int sticky = success;
  Stream legacy = {};

  // From now on every call in this context answers the status.
  void fail(int status, const std::string& what);

  Stream* stream(Handle handle);
  TaskPointer enqueue(Stream& stream, Work work, TaskPointer also_after = nullptr);
  // Runs everything and looks at the guard zones.
  void synchronize();
  void check_guards(const std::string& when);

  void retain();
  // The last release or a reset ends all that lives in it.
  void release();
  void reset();

 private:
  std::vector<TaskPointer> open_tasks() const;
};

struct Driver {
  bool initialized = false;
  std::vector<std::unique_ptr<Context>> contexts;  // by device
  Handles<Stream> streams;
  Handles<Event> events;
  Handles<Module> modules;
  Handles<Function> functions;
  std::int64_t blas_handles = 0;
  std::map<std::string, std::int64_t, std::less<>> launches;
};

Driver& driver();

// Null where there is no such device.
Context* context_of(int device);
// Null where no living context has that handle.
Context* context_with(Handle handle);

// The contexts that the calling thread has pushed; 0 among them never.
std::vector<Handle>& current_contexts();

}  // namespace emulator
