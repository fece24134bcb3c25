#pragma once

#include <cstdint>
#include <string_view>

namespace emulator {

struct Options {
  std::int64_t devices = 1;
  std::int64_t memory = 256 << 20;
  std::int64_t shared = 99 << 10;
  std::int64_t order = 0;
  std::int64_t lazy = 0;
  std::int64_t driver_version = 13000;
};

Options& options();

// False for a name that is not known or a value that the option cannot have.
bool set_option(std::string_view name, std::int64_t value);

}  // namespace emulator
