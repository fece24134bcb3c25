#include "context.hpp"

#include <algorithm>
#include <random>

#include "calls.hpp"
#include "heap.hpp"
#include "options.hpp"

namespace emulator {

Driver& driver() {
  static auto* const of_the_process = new Driver;
  return *of_the_process;
}

Context* context_of(int device) {
  if (device < 0 || device >= options().devices) {
    return nullptr;
  }
  auto& contexts = driver().contexts;
  while (contexts.size() <= static_cast<std::size_t>(device)) {
    contexts.push_back(std::make_unique<Context>(Context{static_cast<int>(contexts.size())}));
    contexts.back()->legacy.context = contexts.back().get();
  }
  return contexts[static_cast<std::size_t>(device)].get();
}

Context* context_with(Handle handle) {
  for (const auto& context : driver().contexts) {
    if (handle != 0 && context->handle == handle) {
      return context.get();
    }
  }
  return nullptr;
}

std::vector<Handle>& current_contexts() {
  thread_local std::vector<Handle> stack;
  return stack;
}

void Context::fail(int status, const std::string& what) {
  if (sticky == success) {
    sticky = status;
    note_fault(what);
  }
}

Stream* Context::stream(Handle named) {
  if (named == legacy_stream || named == legacy_stream_named) {
    return &legacy;
  }
  Stream* const found = driver().streams.find(named);
  return found != nullptr && found->context == this ? found : nullptr;
}

TaskPointer Context::enqueue(Stream& stream, Work work, TaskPointer also_after) {
  auto task = std::make_shared<Task>(Task{this, std::move(work), {}});
  const auto wait_for = [&](const TaskPointer& earlier) {
    if (is_pending(earlier)) {
      task->waits_for.push_back(earlier);
    }
  };
  wait_for(stream.last);
  wait_for(also_after);
  if (stream.blocking) {
    wait_for(legacy.last);
  } else if (&stream == &legacy) {
    for (const auto& [handle, other] : driver().streams) {
      if (other->context == this && other->blocking) {
        wait_for(other->last);
      }
    }
  }
  stream.last = task;
  if (options().lazy == 0) {
    finish(task);
  }
  return task;
}

std::vector<TaskPointer> Context::open_tasks() const {
  std::vector<TaskPointer> open;
  for (const auto& [handle, stream] : driver().streams) {
    if (stream->context == this && is_pending(stream->last)) {
      open.push_back(stream->last);
    }
  }
  if (is_pending(legacy.last)) {
    open.push_back(legacy.last);
  }
  return open;
}

void Context::synchronize() {
  std::vector<TaskPointer> open = open_tasks();
  if (options().order != 0) {
    std::shuffle(open.begin(), open.end(), std::mt19937_64(static_cast<std::uint64_t>(options().order)));
  }
  std::for_each(open.begin(), open.end(), finish);
  check_guards("found at a synchronise");
}

void Context::check_guards(const std::string& when) {
  if (const std::optional<std::string> broken = broken_guards()) {
    fail(illegal_address, *broken + ", " + when);
  }
}

void Context::retain() {
  if (retained++ == 0) {
    handle = new_handle();
    sticky = success;
  }
}

void Context::release() {
  if (--retained == 0) {
    reset();
    handle = 0;
  }
}

void Context::reset() {
  synchronize();
  driver().streams.remove_left_behind(this);
  driver().events.remove_left_behind(this);
  driver().modules.remove_left_behind(this);
  driver().functions.remove_left_behind(this);
  release_left_behind(handle);
  legacy.last = nullptr;
  sticky = success;
}

}  // namespace emulator
