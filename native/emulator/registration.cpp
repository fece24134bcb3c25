#include "registration.hpp"

#include <map>

namespace emulator {

namespace {

// never destroyed: kernels may be looked up while the process ends
std::map<std::string, Kernel, std::less<>>& registry() {
  static auto* const kernels = new std::map<std::string, Kernel, std::less<>>;
  return *kernels;
}

}  // namespace

Registration::Registration(Kernel kernel) {
  const char* const name = kernel.name;
  registry().emplace(name, std::move(kernel));
}

const Kernel* find_kernel(std::string_view name) {
  const auto found = registry().find(name);
  return found == registry().end() ? nullptr : &found->second;
}

std::vector<const Kernel*> all_kernels() {
  std::vector<const Kernel*> kernels;
  for (const auto& [name, kernel] : registry()) {
    kernels.push_back(&kernel);
  }
  return kernels;
}

}  // namespace emulator
