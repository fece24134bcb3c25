// All memory of a computation is counted, so that it can be limited and its peak told.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "status.hpp"

namespace scaleinv::homology {

// Bytes in use and the most that ever were. Safe for several threads.
class Account {
 public:
  // limit: bytes, 0 for none
  explicit Account(int64_t limit) : limit_(limit) {}

  void take(int64_t bytes) {
    const int64_t now = used_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    if (limit_ > 0 && now > limit_) {
      used_.fetch_sub(bytes, std::memory_order_relaxed);
      throw past(now);
    }
    int64_t peak = peak_.load(std::memory_order_relaxed);
    while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
    }
  }

  void give(int64_t bytes) noexcept { used_.fetch_sub(bytes, std::memory_order_relaxed); }

  // Throws where so many bytes more would pass the limit.
  void require(int64_t bytes) const {
    const int64_t needed = used_.load(std::memory_order_relaxed) + bytes;
    if (limit_ > 0 && needed > limit_) {
      throw past(needed);
    }
  }

  int64_t peak() const { return peak_.load(std::memory_order_relaxed); }

 private:
  Failure past(int64_t needed) const {
    return Failure(SCALEINV_OUT_OF_MEMORY, "persistent homology needs " + std::to_string(needed) +
                                               " bytes or more, the limit is " + std::to_string(limit_));
  }

  int64_t limit_;
  std::atomic<int64_t> used_{0};
  std::atomic<int64_t> peak_{0};
};

template <class T>
class Counting {
 public:
  using value_type = T;

  Counting(Account& account) : account_(&account) {}  // NOLINT: a vector is made from an account
  template <class Other>
  Counting(const Counting<Other>& other) : account_(other.account()) {}  // NOLINT: allocators convert

  T* allocate(std::size_t count) {
    const auto bytes = static_cast<int64_t>(count * sizeof(T));
    account_->take(bytes);
    // a cache line, and the widest vector
    void* block = std::aligned_alloc(64, (static_cast<std::size_t>(bytes) + 63) / 64 * 64);
    if (block == nullptr) {
      account_->give(bytes);
      throw Failure(SCALEINV_OUT_OF_MEMORY, "no memory for a block of " + std::to_string(bytes) + " bytes");
    }
    return static_cast<T*>(block);
  }

  void deallocate(T* block, std::size_t count) noexcept {
    account_->give(static_cast<int64_t>(count * sizeof(T)));
    std::free(block);
  }

  Account* account() const { return account_; }

  bool operator==(const Counting& other) const { return account_ == other.account_; }

 private:
  Account* account_;
};

template <class T>
using Counted = std::vector<T, Counting<T>>;

}  // namespace scaleinv::homology
