// A device of its own for the tests of execution: allocations with guards, and launches by name.
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "execution.hpp"

namespace device {

// Alive until destroyed; afterwards its addresses are known as freed as long as the process lives.
class Allocation {
 public:
  explicit Allocation(std::size_t bytes);
  Allocation(const Allocation&) = delete;
  Allocation& operator=(const Allocation&) = delete;
  ~Allocation();
  std::byte* data() const;

 private:
  std::size_t index_;
};

template <typename T>
class Array {
 public:
  explicit Array(std::size_t count, T value = T())
      : count_(count), memory_(std::make_unique<Allocation>(count * sizeof(T))) {
    for (std::size_t i = 0; i < count; i++) {
      (*this)[i] = value;
    }
  }
  T* data() const { return reinterpret_cast<T*>(memory_->data()); }
  T& operator[](std::size_t i) const { return data()[i]; }
  std::size_t size() const { return count_; }

 private:
  std::size_t count_;
  std::unique_ptr<Allocation> memory_;
};

struct Shape {
  emulator::Dim3 grid, block;
  std::size_t dynamic_shared = 0;
};

// Packs the arguments where the kernel's registration says they lie.
template <typename... Arguments>
std::optional<emulator::Fault> launch(const char* name, const Shape& shape, std::uint64_t order, Arguments... values) {
  const emulator::Kernel* const kernel = emulator::find_kernel(name);
  if (kernel == nullptr || kernel->parameters.size() != sizeof...(values)) {
    throw std::invalid_argument(name);
  }
  std::vector<std::byte> packed(kernel->argument_bytes);
  std::size_t i = 0;
  const auto pack = [&](const auto& value) {
    const emulator::Parameter& parameter = kernel->parameters[i++];
    if (parameter.size != sizeof value) {
      throw std::invalid_argument(std::string(name) + ": parameter " + std::to_string(i - 1));
    }
    std::memcpy(packed.data() + parameter.offset, &value, sizeof value);
  };
  (pack(values), ...);
  return emulator::execute({kernel, shape.grid, shape.block, shape.dynamic_shared, packed}, order);
}

}  // namespace device
