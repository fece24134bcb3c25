// Work on streams. A task runs when all tasks that it waits for have run: at once, or in lazy mode only when something
// waits for it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "../execution.hpp"

namespace emulator {

struct Context;

using Work = std::function<std::optional<Fault>()>;

struct Task {
  Context* context;
  Work work;
  std::vector<std::shared_ptr<Task>> waits_for;
  bool done = false;
};

using TaskPointer = std::shared_ptr<Task>;

inline bool is_pending(const TaskPointer& task) { return task != nullptr && !task->done; }

// Runs the task and all that it waits for. A context that has met a fault runs nothing more.
void finish(const TaskPointer& task);

// Runs one task of those that this one waits for, or itself.
void advance(const TaskPointer& task);

}  // namespace emulator
