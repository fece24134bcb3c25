// What is asked of a computation, and what it reports to while it runs.
#pragma once

#include <chrono>
#include <cstdint>

#include "homology/account.hpp"
#include "scaleinv_homology.h"

namespace scaleinv::homology {

// Tells the caller how far things are, about ten times a second, and ends the computation when the caller asks for it.
class Watch {
 public:
  Watch(scaleinv_homology_progress* progress, void* context) : progress_(progress), context_(context) {}

  // Only on the thread that called.
  void tick(int32_t dimension, int64_t done, int64_t total) {
    if (progress_ == nullptr || ++ticks_ % 64 != 0) {
      return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now >= next_) {
      next_ = now + std::chrono::milliseconds(100);
      say(dimension, done, total);
    }
  }

  void say(int32_t dimension, int64_t done, int64_t total) {
    if (progress_ != nullptr && progress_(context_, dimension, done, total) != 0) {
      throw Failure(SCALEINV_CANCELLED, "cancelled");
    }
  }

 private:
  scaleinv_homology_progress* progress_;
  void* context_;
  int64_t ticks_ = 0;
  std::chrono::steady_clock::time_point next_{};
};

struct Request {
  int32_t dimension;
  int32_t modulus;
  // NaN for none
  float threshold;
  int64_t flags;
  int32_t threads;
  Account* account;
  Watch* watch;

  bool has(int64_t flag) const { return (flags & flag) != 0; }
};

}  // namespace scaleinv::homology
