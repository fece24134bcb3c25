// Where threads wait for each other: the block's barrier and the meetings of a warp.
#include <algorithm>

#include "checker.hpp"
#include "faults.hpp"
#include "threads.hpp"

namespace emulator {

namespace {

bool same_line(const Site& a, const Site& b) { return a.line() == b.line() && line_of(a) == line_of(b); }

std::string hex(unsigned mask) {
  char text[11];
  std::snprintf(text, sizeof text, "0x%08x", mask);
  return text;
}

}  // namespace

int Threads::meet_block(Vote vote, bool predicate, const Site& site) {
  Thread& thread = current();
  thread.site = site;
  if (arrived_ == 0) {
    barrier_ = site;
    first_at_barrier_ = &thread;
    vote_ = vote;
  } else if (site.line() != barrier_.line() || site.file_name() != barrier_.file_name()) {
    if (!same_line(site, barrier_)) {
      emulator::fail(status::launch_failed, line_of(site),
                     "divergent barrier: thread " + text_of(first_at_barrier_->thread) + " waits at the one of " +
                         line_of(barrier_));
    }
  }
  thread.state = Thread::State::at_barrier;
  true_predicates_ += predicate;
  arrived_++;
  check_barrier(thread);
  if (arrived_ == threads_.size()) {
    release_barrier();
  }
  wait();
  return verdict_;
}

// A block whose threads have all either arrived or ended will never pass. `last` is whoever came to that last.
void Threads::check_barrier(const Thread& last) {
  if (done_ == 0 || arrived_ + done_ < threads_.size()) {
    return;
  }
  const auto ended = std::find_if(threads_.begin(), threads_.end(),
                                  [](const Thread& thread) { return thread.state == Thread::State::done; });
  const Thread& named = last.state == Thread::State::done ? last : *ended;
  lane = first_at_barrier_;
  emulator::fail(status::launch_failed, line_of(barrier_),
                 "barrier after exit: thread " + text_of(named.thread) + " has left the kernel");
}

void Threads::release_barrier() {
  const int all = static_cast<int>(threads_.size());
  verdict_ = vote_ == Vote::count   ? true_predicates_
             : vote_ == Vote::every ? true_predicates_ == all
                                    : true_predicates_ > 0;
  true_predicates_ = 0;
  arrived_ = 0;
  ready_.clear();
  taken_ = 0;
  for (Thread& thread : threads_) {
    thread.state = Thread::State::ready;
    ready_.push_back(&thread);
  }
  checker::barrier_passed();
}

std::uint64_t Threads::meet_warp(Meeting meeting, unsigned mask, std::uint64_t value, unsigned source,
                                 const Site& site) {
  Thread& thread = current();
  thread.site = site;
  thread.meeting = meeting;
  thread.mask = mask;
  thread.value = value;
  thread.source = source;
  if ((mask >> thread.index % 32 & 1) == 0) {
    emulator::fail(status::launch_failed, line_of(site), "the thread is not in its own warp mask " + hex(mask));
  }
  thread.state = Thread::State::in_warp;
  check_meeting(thread);
  settle_warp(thread);
  wait();
  return thread.value;
}

void Threads::check_meeting(const Thread& arrived) {
  const unsigned first = arrived.index / 32 * 32;
  const unsigned last = std::min<unsigned>(first + 32, static_cast<unsigned>(threads_.size()));
  for (unsigned i = first; i < last; i++) {
    const Thread& other = threads_[i];
    if (other.state != Thread::State::in_warp || (arrived.mask >> i % 32 & 1) == 0) {
      continue;
    }
    const bool masks_differ = other.mask != arrived.mask;
    const bool expects_this = (other.mask >> arrived.index % 32 & 1) != 0;
    if (masks_differ ? !expects_this : other.meeting == arrived.meeting) {
      continue;
    }
    const std::string there = "thread " + text_of(other.thread) + " waits at " + line_of(other.site);
    emulator::fail(status::launch_failed, line_of(arrived.site),
                   masks_differ
                       ? "warp masks disagree: " + hex(arrived.mask) + " here, " + there + " with " + hex(other.mask)
                       : "different warp functions meet: " + there);
  }
}

// Lets the threads of the mask go on when all that have not left the kernel are there.
void Threads::settle_warp(Thread& waiting) {
  const unsigned first = waiting.index / 32 * 32;
  const unsigned last = std::min<unsigned>(first + 32, static_cast<unsigned>(threads_.size()));
  std::uint64_t values[32];
  unsigned present = 0;
  unsigned ballot = 0;
  for (unsigned i = first; i < last; i++) {
    const Thread& thread = threads_[i];
    const unsigned bit = 1u << i % 32;
    if ((waiting.mask & bit) == 0 || thread.state == Thread::State::done) {
      continue;
    }
    if (thread.state != Thread::State::in_warp || thread.mask != waiting.mask) {
      return;
    }
    values[i % 32] = thread.value;
    present |= bit;
    ballot |= thread.value != 0 ? bit : 0;
  }
  for (unsigned i = first; i < last; i++) {
    if ((present >> i % 32 & 1) == 0) {
      continue;
    }
    Thread& thread = threads_[i];
    if (thread.meeting == Meeting::vote) {
      thread.value = ballot;
    } else if (thread.meeting == Meeting::exchange) {
      thread.value = (present >> thread.source & 1) != 0 ? values[thread.source] : ~std::uint64_t{0};
    }
    thread.state = Thread::State::ready;
    ready_.push_back(&thread);
  }
  if (waiting.meeting == Meeting::sync) {
    checker::warp_synchronised(first, present);
  }
}

}  // namespace emulator
