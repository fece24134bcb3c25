#include "heap.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <new>
#include <vector>

namespace emulator {
namespace {

constexpr std::size_t alignment = 512;
constexpr std::size_t guard = 1024;
// The poison of the whole quarantine is looked at after every launch and synchronise.
constexpr std::size_t quarantined_bytes = 1 << 20;

// NaN as float and as double, whichever way they lie.
constexpr std::uint64_t guard_word = 0x7ff7a5a57ff7a5a5, poison_word = 0x7ff7dead7ff7dead;

struct Block {
  std::byte* memory;
  std::size_t whole;  // with both guard zones
  std::size_t bytes;
  Kind kind;
  Handle context;
  int device;
  bool freed = false;

  std::byte* start() const { return memory + guard; }
  std::byte* end() const { return start() + bytes; }
  std::byte* last() const { return memory + whole; }
};

struct Heap {
  std::map<std::uintptr_t, Block> blocks;  // by the address of their memory
  std::deque<std::uintptr_t> quarantine;   // oldest first
  std::size_t quarantined = 0;
  std::int64_t leaked[2] = {}, leaked_bytes[2] = {};
  const Block* last_found = nullptr;  // a kernel's accesses lie close together
};

Heap& heap() {
  static auto* const whole = new Heap;
  return *whole;
}

std::uintptr_t number(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

std::byte pattern_at(const std::byte* at, std::uint64_t word) {
  return static_cast<std::byte>(word >> (8 * (number(at) % sizeof word)));
}

bool whole_word(const std::byte* from, const std::byte* to, std::uint64_t word) {
  return number(from) % sizeof word == 0 && to - from >= static_cast<std::ptrdiff_t>(sizeof word);
}

void paint(std::byte* from, std::byte* to, std::uint64_t word) {
  while (from < to) {
    if (whole_word(from, to, word)) {
      std::memcpy(from, &word, sizeof word);
      from += sizeof word;
    } else {
      *from = pattern_at(from, word);
      from++;
    }
  }
}

// The first byte that differs from the pattern, or null.
const std::byte* painted_over(const std::byte* from, const std::byte* to, std::uint64_t word) {
  const auto repeats = [&] {
    return whole_word(from, to, word) && std::memcmp(from, &word, sizeof word) == 0 &&
           std::memcmp(from, from + sizeof word, static_cast<std::size_t>(to - from) - sizeof word) == 0;
  };
  while (from < to && *from == pattern_at(from, word)) {
    if (repeats()) {
      return nullptr;
    }
    from++;
  }
  return from < to ? from : nullptr;
}

void paint_guards(const Block& block) {
  paint(block.memory, block.start(), guard_word);
  paint(block.end(), block.last(), guard_word);
}

// The block whose memory, guard zones among it, holds the address.
const Block* block_around(const void* address) {
  const Block*& last = heap().last_found;
  if (last != nullptr && address >= last->memory && address < last->last()) {
    return last;
  }
  const auto& blocks = heap().blocks;
  auto after = blocks.upper_bound(number(address));
  if (after == blocks.begin()) {
    return nullptr;
  }
  const Block& block = (--after)->second;
  if (address >= block.last()) {
    return nullptr;
  }
  last = &block;
  return last;
}

const char* name_of(Kind kind) { return kind == Kind::device ? "allocation" : "pinned block"; }

std::string where(const Block& block, const void* address) {
  const auto at = static_cast<const std::byte*>(address);
  const std::string whole = std::string(block.freed                  ? "a freed "
                                        : block.kind == Kind::device ? "an "
                                                                     : "a ") +
                            name_of(block.kind) + " of " + std::to_string(block.bytes) + " bytes";
  if (at < block.start()) {
    return std::to_string(block.start() - at) + " bytes before " + whole;
  }
  if (at >= block.end()) {
    return std::to_string(at - block.end()) + " bytes behind " + whole;
  }
  return "byte " + std::to_string(at - block.start()) + " of " + whole;
}

// What was written where nothing may be written; the block is as new after it.
std::optional<std::string> repair(const Block& block) {
  const std::byte* broken = painted_over(block.memory, block.start(), guard_word);
  if (broken == nullptr) {
    broken = painted_over(block.end(), block.last(), guard_word);
  }
  if (broken == nullptr && block.freed) {
    broken = painted_over(block.start(), block.end(), poison_word);
  }
  if (broken == nullptr) {
    return std::nullopt;
  }
  std::string what = "a write at " + where(block, broken);
  paint_guards(block);
  if (block.freed) {
    paint(block.start(), block.end(), poison_word);
  }
  return what;
}

void evict_oldest() {
  const auto oldest = heap().blocks.find(heap().quarantine.front());
  heap().last_found = nullptr;
  heap().quarantine.pop_front();
  heap().quarantined -= oldest->second.whole;
  std::free(oldest->second.memory);
  heap().blocks.erase(oldest);
}

void quarantine(Block& block) {
  block.freed = true;
  if (block.whole <= quarantined_bytes) {
    paint(block.start(), block.end(), poison_word);
  }
  heap().quarantine.push_back(number(block.memory));
  heap().quarantined += block.whole;
  while (heap().quarantined > quarantined_bytes) {
    evict_oldest();
  }
}

template <class Condition>
std::int64_t sum_live(Condition&& counts, bool in_bytes) {
  std::int64_t sum = 0;
  for (const auto& [address, block] : heap().blocks) {
    if (!block.freed && counts(block)) {
      sum += in_bytes ? static_cast<std::int64_t>(block.bytes) : 1;
    }
  }
  return sum;
}

}  // namespace

void* allocate(Kind kind, std::size_t bytes, Handle context, int device) {
  const std::size_t whole = guard + (bytes + alignment - 1) / alignment * alignment + guard;
  auto* const memory = bytes > whole ? nullptr : static_cast<std::byte*>(std::aligned_alloc(alignment, whole));
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  const Block block{memory, whole, bytes, kind, context, device};
  paint_guards(block);
  std::memset(block.start(), 0xff, bytes);
  heap().blocks.emplace(number(memory), block);
  return block.start();
}

std::optional<Kind> allocation_at(const void* start) {
  const Block* const block = block_around(start);
  if (block == nullptr || block->freed || block->start() != start) {
    return std::nullopt;
  }
  return block->kind;
}

void release(const void* start) { quarantine(heap().blocks.at(number(start) - guard)); }

void release_left_behind(Handle context) {
  std::vector<std::uintptr_t> left;
  for (const auto& [address, block] : heap().blocks) {
    if (!block.freed && block.context == context) {
      left.push_back(address);
    }
  }
  for (const std::uintptr_t address : left) {
    Block& block = heap().blocks.at(address);
    heap().leaked[static_cast<int>(block.kind)]++;
    heap().leaked_bytes[static_cast<int>(block.kind)] += static_cast<std::int64_t>(block.bytes);
    quarantine(block);
  }
}

void forget_leaked() {
  std::fill_n(heap().leaked, 2, 0);
  std::fill_n(heap().leaked_bytes, 2, 0);
}

std::optional<std::string> broken_guards() {
  std::optional<std::string> first;
  for (const auto& [address, block] : heap().blocks) {
    const std::optional<std::string> what = repair(block);
    if (!first) {
      first = what;
    }
  }
  return first;
}

std::int64_t live_count(Kind kind) {
  return heap().leaked[static_cast<int>(kind)] +
         sum_live([=](const Block& block) { return block.kind == kind; }, false);
}

std::int64_t live_bytes(Kind kind) {
  return heap().leaked_bytes[static_cast<int>(kind)] +
         sum_live([=](const Block& block) { return block.kind == kind; }, true);
}

std::int64_t live_bytes_on(int device) {
  return sum_live([=](const Block& block) { return block.kind == Kind::device && block.device == device; }, true);
}

Place place_of(const void* address, std::size_t bytes) {
  const Block* const block = block_around(address);
  if (block == nullptr) {
    return Place::outside;
  }
  if (block->freed) {
    return Place::freed;
  }
  const auto at = static_cast<const std::byte*>(address);
  if (at < block->start() || at > block->end() || bytes > static_cast<std::size_t>(block->end() - at)) {
    return Place::guard;
  }
  return block->kind == Kind::device ? Place::device : Place::pinned;
}

std::string describe(const void* address) {
  const Block* const block = block_around(address);
  return block == nullptr ? "an address in no allocation" : where(*block, address);
}

}  // namespace emulator
