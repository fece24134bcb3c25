// The threads of one block: fibers that run until they wait for others.
#pragma once

#include <string>
#include <vector>

#include "execution.hpp"
#include "fiber.hpp"
#include "lane.hpp"

namespace emulator {

// Threads that run in the order of their indices (seed 0), or in another order every time one is chosen.
class Order {
 public:
  explicit Order(std::uint64_t seed) : state_(seed) {}
  bool random() const { return state_ != 0; }
  // in [0, choices): SplitMix64 (Steele, Lea, Flood 2014)
  std::size_t choose(std::size_t choices);

 private:
  std::uint64_t state_;
};

struct Thread : Lane {
  enum class State { fresh, ready, at_barrier, in_warp, done };
  State state = State::fresh;
  Context* context = nullptr;
  Site site;
  // what it brought to its warp, and what it takes away
  Meeting meeting = Meeting::sync;
  unsigned mask = 0;
  unsigned source = 0;
  std::uint64_t value = 0;
};

class Threads {
 public:
  // One for the process, made at the first launch and never destroyed. Launches run one at a time.
  static Threads& instance();

  void start_launch(const Launch& launch, std::uint64_t order);
  // Runs the block of the global `block`; null when its threads have all ended.
  const Fault* run_block();

  int meet_block(Vote vote, bool predicate, const Site& site);
  std::uint64_t meet_warp(Meeting meeting, unsigned mask, std::uint64_t value, unsigned source, const Site& site);
  [[noreturn]] void fail(Fault fault);

  Order& order() { return order_; }
  const Launch& launch() const { return *launch_; }
  bool on_stack(const void* address) const { return stacks_.contain(address); }

 private:
  static void fiber_entry();
  void run_fresh_threads();
  Thread* next();
  void wait();
  void finish(Thread& thread);
  void release_barrier();
  void check_barrier(const Thread& waiting);
  void settle_warp(Thread& waiting);
  void check_meeting(const Thread& arrived);
  void report_hang();
  void prepare_fibers();
  Thread& current() { return static_cast<Thread&>(*lane); }

  Stacks stacks_;
  Context outside_;
  std::vector<Context> fibers_;
  std::vector<Context*> idle_;
  Order order_{0};
  const Launch* launch_ = nullptr;
  std::vector<Thread> threads_;
  std::vector<Thread*> ready_;
  std::size_t taken_ = 0;
  unsigned arrived_ = 0;
  unsigned done_ = 0;
  int true_predicates_ = 0;
  Vote vote_ = Vote::count;
  int verdict_ = 0;
  Site barrier_;
  Thread* first_at_barrier_ = nullptr;
  std::optional<Fault> fault_;
};

}  // namespace emulator
