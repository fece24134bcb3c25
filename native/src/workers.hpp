// Independent tasks shared by a few threads.
#pragma once

#include <cstdint>
#include <functional>

namespace scaleinv {

// Calls task(0) … task(count − 1), each once, on up to `threads` threads (the calling one included; no other is started
// when one is enough). Which thread runs a task is left open: a task's result must not depend on it. After a failure
// the tasks not begun are dropped, and the failure is thrown here.
void for_each_task(int64_t count, int32_t threads, const std::function<void(int64_t)>& task);

}  // namespace scaleinv
