#include "tasks.hpp"

#include <algorithm>

#include "context.hpp"

namespace emulator {
namespace {

void perform(Task& task) {
  const Work work = std::move(task.work);
  task.done = true;
  task.work = nullptr;
  task.waits_for.clear();
  if (task.context->sticky == success && work) {
    if (const std::optional<Fault> fault = work()) {
      task.context->fail(fault->status, fault->what);
    }
  }
}

// Chains of tasks grow long in lazy mode: no recursion.
TaskPointer first_ready(std::vector<TaskPointer>& path) {
  while (true) {
    const auto& waits_for = path.back()->waits_for;
    const auto open = std::find_if(waits_for.begin(), waits_for.end(), is_pending);
    if (open == waits_for.end()) {
      return path.back();
    }
    path.push_back(*open);
  }
}

}  // namespace

void finish(const TaskPointer& task) {
  if (!is_pending(task)) {
    return;
  }
  std::vector<TaskPointer> path{task};
  while (!path.empty()) {
    perform(*first_ready(path));
    path.pop_back();
    while (!path.empty() && path.back()->done) {
      path.pop_back();
    }
  }
}

void advance(const TaskPointer& task) {
  if (is_pending(task)) {
    std::vector<TaskPointer> path{task};
    perform(*first_ready(path));
  }
}

}  // namespace emulator
