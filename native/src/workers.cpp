#include "workers.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace scaleinv {

void for_each_task(int64_t count, int32_t threads, const std::function<void(int64_t)>& task) {
  const int64_t helpers = std::min<int64_t>(threads, count) - 1;
  if (helpers <= 0) {
    for (int64_t i = 0; i < count; i++) {
      task(i);
    }
    return;
  }
  std::atomic<int64_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_lock;
  const auto work = [&] {
    try {
      for (int64_t i = next++; i < count; i = next++) {
        task(i);
      }
    } catch (...) {
      next = count;
      const std::lock_guard<std::mutex> hold(failure_lock);
      failure = std::current_exception();
    }
  };
  {
    // joined at the end of this block, also when starting one of them throws
    std::vector<std::jthread> started;
    started.reserve(static_cast<std::size_t>(helpers));
    for (int64_t i = 0; i < helpers; i++) {
      started.emplace_back(work);
    }
    work();
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace scaleinv
