// Threads that stay for many short rounds of work.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace scaleinv::homology {

// Calls work(thread, index) for each index of a round once, thread 0 being the caller's. Which thread has an index is
// left open. Work must not throw.
template <class Work>
class Crew {
 public:
  Crew(int32_t threads, Work& work) : work_(work) {
    started_.reserve(static_cast<std::size_t>(std::max(threads - 1, 0)));
    try {
      for (int32_t thread = 1; thread < threads; thread++) {
        started_.emplace_back([this, thread] { serve(thread); });
      }
    } catch (...) {
      dismiss();
      throw;
    }
  }

  ~Crew() { dismiss(); }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void run(int64_t count) {
    if (started_.empty() || count <= 1) {
      for (int64_t index = 0; index < count; index++) {
        work_(0, index);
      }
      return;
    }
    count_ = count;
    next_.store(0, std::memory_order_relaxed);
    busy_.store(static_cast<int32_t>(started_.size()), std::memory_order_relaxed);
    begin();
    take(0);
    for (int32_t busy = busy_.load(std::memory_order_acquire); busy > 0; busy = busy_.load(std::memory_order_acquire)) {
      busy_.wait(busy, std::memory_order_acquire);
    }
  }

 private:
  void begin() {
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }

  void dismiss() {
    ended_.store(true, std::memory_order_relaxed);
    begin();
    started_.clear();
  }

  void serve(int32_t thread) {
    for (uint32_t seen = 0;; seen++) {
      round_.wait(seen, std::memory_order_acquire);
      if (ended_.load(std::memory_order_relaxed)) {
        return;
      }
      take(thread);
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        busy_.notify_one();
      }
    }
  }

  void take(int32_t thread) {
    for (int64_t index = next_++; index < count_; index = next_++) {
      work_(thread, index);
    }
  }

  Work& work_;
  int64_t count_ = 0;
  std::atomic<int64_t> next_{0};
  std::atomic<int32_t> busy_{0};
  std::atomic<uint32_t> round_{0};
  std::atomic<bool> ended_{false};
  // joined before the rest goes
  std::vector<std::jthread> started_;
};

}  // namespace scaleinv::homology
