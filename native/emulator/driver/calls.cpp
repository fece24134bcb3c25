#include "calls.hpp"

#include <map>

namespace emulator {
namespace {

struct Function {
  std::int64_t calls = 0;
  std::int64_t until_failure = 0;  // 0: none is planned
  int planned = success;
};

using Functions = std::map<std::string, Function, std::less<>>;

Functions& functions() {
  static auto* const known = new Functions;
  return *known;
}

std::string& fault() {
  static auto* const last = new std::string;
  return *last;
}

Function* find(std::string_view name) {
  for (const char* suffix : {"", "_v2"}) {
    const auto found = functions().find(std::string(name) + suffix);
    if (found != functions().end()) {
      return &found->second;
    }
  }
  return nullptr;
}

}  // namespace

Exported::Exported(const char* function) { functions().try_emplace(function); }

std::recursive_mutex& driver_lock() {
  static auto* const lock = new std::recursive_mutex;
  return *lock;
}

std::optional<int> begin_call(const char* name) {
  Function& function = functions().find(std::string_view(name))->second;
  function.calls++;
  if (function.until_failure > 0 && --function.until_failure == 0) {
    return function.planned;
  }
  return std::nullopt;
}

bool plan_failure(std::string_view name, std::int64_t nth, int status) {
  Function* const function = find(name);
  if (function == nullptr || nth < 0) {
    return false;
  }
  function->until_failure = nth;
  function->planned = status;
  return true;
}

std::int64_t calls_of(std::string_view name) {
  const Function* const function = find(name);
  return function == nullptr ? -1 : function->calls;
}

std::int64_t known_functions() { return static_cast<std::int64_t>(functions().size()); }

std::string called_functions() {
  std::string lines;
  for (const auto& [name, function] : functions()) {
    if (function.calls > 0) {
      lines += name + "\n";
    }
  }
  return lines;
}

void forget_calls() {
  for (auto& [name, function] : functions()) {
    function = {};
  }
  fault().clear();
}

void note_fault(std::string what) { fault() = std::move(what); }

std::string last_fault() { return fault(); }

}  // namespace emulator
