// How kernels become known to the emulated driver by their names.
#pragma once

#include <cstring>
#include <type_traits>
#include <utility>

#include "execution.hpp"

namespace emulator {

struct Registration {
  explicit Registration(Kernel kernel);
};

// What a kernel's signature says of its parameters, packed as CUDA packs them: each at its natural alignment.
template <auto function>
struct Signature;

template <typename... Arguments, void (*function)(Arguments...)>
struct Signature<function> {
  static_assert((std::is_scalar_v<Arguments> && ...), "parameters are numbers and pointers");

  static Kernel named(const char* name) {
    std::vector<Parameter> parameters;
    std::size_t end = 0;
    const auto append = [&](std::size_t size, std::size_t alignment, bool pointer) {
      const std::size_t offset = (end + alignment - 1) / alignment * alignment;
      parameters.push_back({offset, size, pointer});
      end = offset + size;
    };
    (append(sizeof(Arguments), alignof(Arguments), std::is_pointer_v<Arguments>), ...);
    return {name, std::move(parameters), end, &call};
  }

 private:
  static void call(const std::byte* arguments) {
    std::size_t end = 0;
    const auto next = [&]<typename T>(std::type_identity<T>) {
      const std::size_t offset = (end + alignof(T) - 1) / alignof(T) * alignof(T);
      end = offset + sizeof(T);
      std::remove_const_t<T> value;
      std::memcpy(&value, arguments + offset, sizeof(T));
      return value;
    };
    // braces evaluate from left to right
    struct Invocation {
      explicit Invocation(Arguments... values) { function(values...); }
    } invocation{next(std::type_identity<Arguments>{})...};
  }
};

}  // namespace emulator

#define SCALEINV_KERNEL(name) \
  static const ::emulator::Registration scaleinv_registration_of_##name(::emulator::Signature<&name>::named(#name))
