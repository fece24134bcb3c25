#include "device.hpp"

#include "memory.hpp"

namespace device {

namespace {

constexpr std::size_t guard = 256;

struct Block {
  std::vector<std::byte> bytes;
  std::byte* begin;
  std::size_t size;
  bool alive;
};

std::vector<Block>& blocks() {
  static std::vector<Block> all;
  return all;
}

}  // namespace

Allocation::Allocation(std::size_t bytes) : index_(blocks().size()) {
  std::vector<std::byte> memory(bytes + 2 * guard + 16);
  std::byte* begin = memory.data() + guard;
  begin += (16 - reinterpret_cast<std::uintptr_t>(begin) % 16) % 16;
  blocks().push_back({std::move(memory), begin, bytes, true});
}

Allocation::~Allocation() { blocks()[index_].alive = false; }

std::byte* Allocation::data() const { return blocks()[index_].begin; }

}  // namespace device

namespace emulator {

Place place_of(const void* address, std::size_t bytes) {
  const auto* const at = static_cast<const std::byte*>(address);
  for (const device::Block& block : device::blocks()) {
    if (at >= block.bytes.data() && at < block.bytes.data() + block.bytes.size()) {
      const bool inside = at >= block.begin && at + bytes <= block.begin + block.size;
      return !block.alive ? Place::freed : inside ? Place::device : Place::guard;
    }
  }
  return Place::outside;
}

std::string describe(const void* address) {
  const auto* const at = static_cast<const std::byte*>(address);
  for (const device::Block& block : device::blocks()) {
    if (at >= block.bytes.data() && at < block.bytes.data() + block.bytes.size()) {
      return "byte " + std::to_string(at - block.begin) + " of an allocation of " + std::to_string(block.size);
    }
  }
  return "no allocation";
}

}  // namespace emulator
