// Modules: their images are only looked at, their functions are those compiled for the host.
#include <cstring>
#include <string_view>

#include "../static_shared.hpp"
#include "entry.hpp"
#include "options.hpp"

namespace emulator {
namespace {

// A fatbin as nvcc writes it, the wrapper that a host object has around it, or ELF.
bool is_binary_image(const void* image) {
  const auto* const start = static_cast<const char*>(image);
  for (const std::string_view magic : {"\x50\xed\x55\xba", "\xb1\x43\x62\x46", "\x7f\x45LF"}) {
    if (std::strncmp(start, magic.data(), magic.size()) == 0) {
      return true;
    }
  }
  return false;
}

// PTX is text that ends in a zero byte; comments may stand before its first directive.
bool is_ptx(const void* image) {
  const std::string_view text(static_cast<const char*>(image));
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && (text.substr(start, 8) == ".version" || text.substr(start, 2) == "//") &&
         text.find(".version") != std::string_view::npos;
}

int load(Context& context, Handle* module, const void* image) {
  require(module != nullptr && image != nullptr, invalid_value, "a null pointer");
  if (!is_binary_image(image) && !is_ptx(image)) {
    note_fault("the image is neither a fatbin, nor ELF, nor PTX");
    return invalid_image;
  }
  *module = driver().modules.add({&context});
  return success;
}

int attribute_of(const Function& function, int attribute) {
  switch (attribute) {
    case 0: return max_threads;
    case 1: return static_cast<int>(static_shared(function.kernel->name));
    case 4: return 32;  // registers
    case max_dynamic_shared_attribute:
      return static_cast<int>(function.dynamic_allowed(static_shared(function.kernel->name)));
    default: throw Misuse{invalid_value, "attribute " + std::to_string(attribute) + ", which is not emulated"};
  }
}

}  // namespace

EMULATED(cuModuleLoadData, Handle* module, const void* image) {
  return in_context(__func__, [&](Context& context) { return load(context, module, image); });
}

EMULATED(cuModuleLoadDataEx, Handle* module, const void* image, unsigned, int*, void**) {
  return in_context(__func__, [&](Context& context) { return load(context, module, image); });
}

EMULATED(cuModuleLoadFatBinary, Handle* module, const void* image) {
  return in_context(__func__, [&](Context& context) { return load(context, module, image); });
}

EMULATED(cuModuleUnload, Handle module) {
  return ending(__func__, [&](Context&) {
    for (const auto& [name, function] : alive(driver().modules, module, "not a living module").functions) {
      driver().functions.remove(function);
    }
    driver().modules.remove(module);
  });
}

EMULATED(cuModuleGetFunction, Handle* function, Handle module, const char* name) {
  return in_context(__func__, [&](Context& context) -> int {
    require(function != nullptr && name != nullptr, invalid_value, "a null pointer");
    auto& functions = alive(driver().modules, module, "not a living module").functions;
    const Kernel* const kernel = find_kernel(name);
    if (kernel == nullptr) {
      return not_found;
    }
    const auto known = functions.find(std::string_view(name));
    *function = known != functions.end() ? known->second : driver().functions.add({&context, module, kernel});
    functions[name] = *function;
    return success;
  });
}

EMULATED(cuFuncGetAttribute, int* value, int attribute, Handle function) {
  return in_context(__func__, [&](Context&) {
    require(value != nullptr, invalid_value, "a null pointer to the value");
    *value = attribute_of(alive(driver().functions, function, "not a living function"), attribute);
    return success;
  });
}

EMULATED(cuFuncSetAttribute, Handle function, int attribute, int value) {
  return in_context(__func__, [&](Context&) {
    Function& named = alive(driver().functions, function, "not a living function");
    require(attribute == max_dynamic_shared_attribute, invalid_value, "an attribute that is not emulated");
    const auto declared = static_cast<std::int64_t>(static_shared(named.kernel->name));
    require(value >= 0 && declared + value <= options().shared, invalid_value,
            "more shared memory than a block may have");
    named.dynamic_given = static_cast<std::size_t>(value);
    return success;
  });
}

EMULATED(cuFuncSetCacheConfig, Handle function, int) {
  return in_context(__func__, [&](Context&) {
    alive(driver().functions, function, "not a living function");
    return success;
  });
}

}  // namespace emulator
