#include "options.hpp"

#include <limits>

namespace emulator {
namespace {

struct Named {
  std::string_view name;
  std::int64_t Options::*field;
  std::int64_t least, most;
};

constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();

constexpr Named all[] = {
    {"devices", &Options::devices, 0, 16},
    {"memory", &Options::memory, 0, any},
    {"shared", &Options::shared, 48 << 10, 1 << 20},
    {"order", &Options::order, -any, any},
    {"lazy", &Options::lazy, 0, 1},
    {"driver_version", &Options::driver_version, 1000, 1000000},
};

}  // namespace

Options& options() {
  static auto* const of_the_process = new Options;
  return *of_the_process;
}

bool set_option(std::string_view name, std::int64_t value) {
  for (const Named& option : all) {
    if (option.name == name && value >= option.least && value <= option.most) {
      options().*option.field = value;
      return true;
    }
  }
  return false;
}

}  // namespace emulator
