// A stack of its own on which code runs, and switches to and from it.
#pragma once

#include <cstddef>

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace emulator {

// Where a stack stands while another runs.
class Context {
 public:
  // Leaves this context for another; comes back when someone goes to this one.
  void go_to(Context& other);

  // Makes the next visit start `entry` on the given stack. `entry` never returns.
  void prepare(std::byte* stack, std::size_t bytes, void (*entry)());

 private:
#if defined(__x86_64__)
  void* top_ = nullptr;
#else
  ucontext_t machine_;
#endif
};

// Stacks for as many fibers as a block has threads, each with an unmapped page below. Lives as long as the process.
class Stacks {
 public:
  static constexpr std::size_t count = 1024;
  static constexpr std::size_t bytes = 64 << 10;

  Stacks();
  std::byte* at(std::size_t index) const { return begin_ + index * (bytes + guard); }
  bool contain(const void* address) const {
    return static_cast<std::size_t>(static_cast<const std::byte*>(address) - begin_) < count * (bytes + guard);
  }

 private:
  static constexpr std::size_t guard = 4 << 10;
  std::byte* begin_;
};

}  // namespace emulator
