#include "source_line.hpp"

#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <memory>

namespace emulator {

namespace {

// ".../kernels/tiles.cu:12 (discriminator 3)" to "tiles.cu:12"; "" for a line that is not known or not a kernel's
std::string kernel_line(std::string frame) {
  frame = frame.substr(0, frame.find_first_of(" \n"));
  if (frame.find("/emulator/host/") != std::string::npos || frame.find('?') != std::string::npos) {
    return "";
  }
  return frame.substr(frame.rfind('/') + 1);
}

}  // namespace

std::string source_line(const void* return_address) {
  Dl_info library;
  if (dladdr(return_address, &library) == 0) {
    return "";
  }
  const auto offset = static_cast<const char*>(return_address) - static_cast<const char*>(library.dli_fbase);
  char command[4096];
  // the call that returns there lies one byte before, at the latest; -i: outwards through what was inlined
  std::snprintf(command, sizeof command, "addr2line -i -e '%s' 0x%jx 2>/dev/null", library.dli_fname,
                static_cast<std::intmax_t>(offset - 1));
  const std::unique_ptr<FILE, int (*)(FILE*)> answer(popen(command, "r"), pclose);
  char frame[4096];
  while (answer != nullptr && std::fgets(frame, sizeof frame, answer.get()) != nullptr) {
    if (const std::string line = kernel_line(frame); !line.empty()) {
      return line;
    }
  }
  char text[32];
  std::snprintf(text, sizeof text, "library+0x%jx", static_cast<std::intmax_t>(offset));
  return text;
}

}  // namespace emulator
