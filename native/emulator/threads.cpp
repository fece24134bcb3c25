#include "threads.hpp"

#include <algorithm>
#include <utility>

#include "checker.hpp"
#include "faults.hpp"

namespace emulator {

Lane* lane = nullptr;
Block block;

#ifdef SCALEINV_EMULATOR_CHECKING
#undef SCALEINV_ASKED
#define SCALEINV_ASKED(type, name, answer) \
  type name() { return answer; }
SCALEINV_QUESTIONS
#endif

std::size_t Order::choose(std::size_t choices) {
  state_ += 0x9e3779b97f4a7c15u;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return static_cast<std::size_t>((z ^ (z >> 31)) % choices);
}

Threads& Threads::instance() {
  static auto* const threads = new Threads;
  return *threads;
}

void Threads::start_launch(const Launch& launch, std::uint64_t order) {
  launch_ = &launch;
  order_ = Order(order);
  if (fibers_.empty()) {
    prepare_fibers();
  }
}

void Threads::prepare_fibers() {
  fibers_.resize(Stacks::count);
  idle_.clear();
  for (std::size_t i = Stacks::count; i-- > 0;) {
    fibers_[i].prepare(stacks_.at(i), Stacks::bytes, &Threads::fiber_entry);
    idle_.push_back(&fibers_[i]);
  }
}

const Fault* Threads::run_block() {
  const dim3 size = block.threads;
  threads_.assign(static_cast<std::size_t>(size.x) * size.y * size.z, Thread());
  ready_.clear();
  taken_ = 0;
  for (unsigned i = 0; i < threads_.size(); i++) {
    threads_[i].thread = {i % size.x, i / size.x % size.y, i / size.x / size.y};
    threads_[i].index = i;
    ready_.push_back(&threads_[i]);
  }
  arrived_ = done_ = 0;
  true_predicates_ = 0;
  fault_.reset();
  lane = next();
  Context* const fiber = idle_.back();
  idle_.pop_back();
  current().context = fiber;
  outside_.go_to(*fiber);
  if (!fault_ && done_ < threads_.size()) {
    report_hang();
  }
  lane = nullptr;
  if (fault_) {
    prepare_fibers();
    return &*fault_;
  }
  return nullptr;
}

// Null when no thread can go on.
Thread* Threads::next() {
  if (taken_ == ready_.size()) {
    return nullptr;
  }
  if (order_.random()) {
    std::swap(ready_[taken_], ready_[taken_ + order_.choose(ready_.size() - taken_)]);
  }
  return ready_[taken_++];
}

void Threads::fiber_entry() { instance().run_fresh_threads(); }

// A fiber runs one thread after another as long as the next one is fresh: threads that never wait share one stack.
void Threads::run_fresh_threads() {
  while (true) {
    Context* const fiber = current().context;
    launch_->kernel->call(launch_->arguments.data());
    finish(current());
    Thread* const following = next();
    if (following != nullptr && following->state == Thread::State::fresh) {
      following->context = fiber;
      lane = following;
      continue;
    }
    idle_.push_back(fiber);
    lane = following;
    fiber->go_to(following == nullptr ? outside_ : *following->context);
  }
}

// Lets others run until this thread is ready again.
void Threads::wait() {
  Thread& waiting = current();
  Thread* const following = next();
  if (following == &waiting) {
    return;
  }
  lane = following;
  Context* to = &outside_;
  if (following != nullptr) {
    if (following->state == Thread::State::fresh) {
      following->context = idle_.back();
      idle_.pop_back();
    }
    to = following->context;
  }
  waiting.context->go_to(*to);
}

void Threads::finish(Thread& thread) {
  thread.state = Thread::State::done;
  done_++;
  if (arrived_ > 0) {
    check_barrier(thread);
  }
  const unsigned first = thread.index / 32 * 32;
  const unsigned last = std::min<unsigned>(first + 32, static_cast<unsigned>(threads_.size()));
  for (unsigned i = first; i < last; i++) {
    if (threads_[i].state == Thread::State::in_warp && (threads_[i].mask >> thread.index % 32 & 1) != 0) {
      settle_warp(threads_[i]);
    }
  }
}

void Threads::fail(Fault fault) {
  fault_ = std::move(fault);
  Context abandoned;
  abandoned.go_to(outside_);
  __builtin_unreachable();
}

// Names the first thread that waits, and the first that waits elsewhere.
void Threads::report_hang() {
  const auto waits = [](const Thread& thread) {
    return "thread " + text_of(thread.thread) + " waits at " + line_of(thread.site) +
           (thread.state == Thread::State::at_barrier ? " for its block" : " for its warp");
  };
  const auto stands = [](const Thread& thread) { return thread.state != Thread::State::done; };
  const auto first = std::find_if(threads_.begin(), threads_.end(), stands);
  const std::string where = line_of(first->site);
  const auto elsewhere = std::find_if(
      first, threads_.end(), [&](const Thread& thread) { return stands(thread) && line_of(thread.site) != where; });
  fault_ = Fault{status::launch_timeout, std::string(launch_->kernel->name) + ": " + where + ": block " +
                                             text_of(block.index) + ": hang: " + waits(*first) +
                                             (elsewhere == threads_.end() ? "" : ", " + waits(*elsewhere))};
}

int meet_block(Vote vote, bool predicate, const Site& site) {
  return Threads::instance().meet_block(vote, predicate, site);
}

std::uint64_t meet_warp(Meeting meeting, unsigned mask, std::uint64_t value, unsigned source, const Site& site) {
  return Threads::instance().meet_warp(meeting, mask, value, source, site);
}

void fence() { checker::fence(); }

void trap(const Site& site) { fail(status::launch_failed, line_of(site), "__trap()"); }

void fail(int status, const std::string& where, const std::string& what) {
  Threads& threads = Threads::instance();
  std::string text = threads.launch().kernel->name;
  text += (where.empty() ? "" : ": " + where) + ": block " + text_of(block.index) + ", thread " + text_of(lane->thread);
  threads.fail({status, text + ": " + what});
}

std::string line_of(const Site& site) {
  const std::string file = site.file_name();
  return file.substr(file.rfind('/') + 1) + ":" + std::to_string(site.line());
}

std::string text_of(const uint3& index) {
  return "(" + std::to_string(index.x) + "," + std::to_string(index.y) + "," + std::to_string(index.z) + ")";
}

}  // namespace emulator
