#include <functional>
#include <map>

#include "calls.hpp"
#include "context.hpp"
#include "heap.hpp"
#include "options.hpp"

namespace emulator {
namespace {

using Figures = std::map<std::string, std::function<std::int64_t()>, std::less<>>;

const Figures& figures() {
  static const auto* const by_name = new Figures{
      {"allocations", [] { return live_count(Kind::device); }},
      {"bytes", [] { return live_bytes(Kind::device); }},
      {"pinned", [] { return live_count(Kind::pinned); }},
      {"streams", [] { return static_cast<std::int64_t>(driver().streams.count()); }},
      {"events", [] { return static_cast<std::int64_t>(driver().events.count()); }},
      {"modules", [] { return static_cast<std::int64_t>(driver().modules.count()); }},
      {"handles", [] { return driver().blas_handles; }},
      {"functions", known_functions},
      {"contexts",
       [] {
         std::int64_t alive = 0;
         for (const auto& context : driver().contexts) {
           alive += context->retained > 0 ? 1 : 0;
         }
         return alive;
       }},
  };
  return *by_name;
}

std::int64_t launches_of(std::string_view kernel) {
  if (find_kernel(kernel) == nullptr) {
    return -1;
  }
  const auto found = driver().launches.find(kernel);
  return found == driver().launches.end() ? 0 : found->second;
}

// The text stays until the same thread asks again.
const char* kept(std::string text) {
  thread_local std::string last;
  last = std::move(text);
  return last.c_str();
}

}  // namespace
}  // namespace emulator

using namespace emulator;

int32_t emulator_set(const char* option, int64_t value) {
  const std::lock_guard lock(driver_lock());
  return option != nullptr && set_option(option, value) ? 0 : -1;
}

int32_t emulator_reset(void) {
  const std::lock_guard lock(driver_lock());
  options() = {};
  forget_calls();
  driver().launches.clear();
  driver().streams.forget_leaked();
  driver().events.forget_leaked();
  driver().modules.forget_leaked();
  forget_leaked();
  return 0;
}

int32_t emulator_fail(const char* function, int64_t nth, int32_t status) {
  const std::lock_guard lock(driver_lock());
  return function != nullptr && plan_failure(function, nth, status) ? 0 : -1;
}

int64_t emulator_count(const char* figure) {
  const std::lock_guard lock(driver_lock());
  if (figure == nullptr) {
    return -1;
  }
  const std::string_view asked(figure);
  if (asked.starts_with("calls ")) {
    return calls_of(asked.substr(6));
  }
  if (asked.starts_with("launches ")) {
    return launches_of(asked.substr(9));
  }
  const auto found = figures().find(asked);
  return found == figures().end() ? -1 : found->second();
}

const char* emulator_called(void) {
  const std::lock_guard lock(driver_lock());
  return kept(called_functions());
}

const char* emulator_fault(void) {
  const std::lock_guard lock(driver_lock());
  return kept(last_fault());
}

const char* emulator_kernels(void) {
  std::string listing;
  for (const Kernel* kernel : all_kernels()) {
    listing += kernel->name;
    for (const Parameter& parameter : kernel->parameters) {
      listing += ' ' + std::to_string(parameter.size);
    }
    listing += '\n';
  }
  return kept(std::move(listing));
}
