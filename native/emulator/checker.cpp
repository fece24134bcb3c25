/*
 * Finds races and accesses out of bounds while a launch runs.
 *
 * Two accesses to the same bytes, one of them a write and not both atomic, race
 *   between threads of a block, unless a barrier of the block lies between them; in one warp a __syncwarp of both
 *     threads orders them too, but neither shuffles nor votes do (CUDA gives them no memory order), nor the warp itself;
 *   between blocks always, unless the earlier block released what it did by __threadfence and an atomic that the later
 *     one's own atomic on the same address came after. A block is taken as one here: what one of its threads acquires,
 *     all have, and a release covers what any has done.
 * A read of shared memory that the block did not write is a fault too. Words are 4 bytes: of several writes into
 * different bytes of a word only the last is remembered, so a race on single bytes may be missed, never invented.
 * An index past a static shared array is found where it stands on the array itself (-fsanitize=bounds); a pointer that
 * strays from one such array into another is not, unless it reads what was never written or races there.
 */
#include "checker.hpp"

#include <algorithm>
#include <map>

#include "access.hpp"
#include "faults.hpp"
#include "memory.hpp"
#include "shadow.hpp"
#include "shared_bounds.hpp"
#include "source_line.hpp"
#include "threads.hpp"

// the library's own image, from the linker
extern "C" __attribute__((visibility("hidden"))) const char __ehdr_start[];
extern "C" __attribute__((visibility("hidden"))) const char _end[];

namespace emulator::checker {

namespace {

constexpr unsigned warp = 32;
constexpr std::size_t most_dynamic_words = (256 << 10) / 4;
// 16 MB of global memory, whose shadow takes 300 MB
constexpr std::size_t most_pages_kept = 4096;

// What blocks have done: the first stamp of each, with the last.
using Done = std::map<std::uint32_t, std::uint32_t>;

struct State {
  std::uint32_t stamp = 0;
  std::uint32_t launch = 0;  // stamp at which it started
  std::uint32_t block = 0;
  std::vector<std::pair<std::uint32_t, uint3>> blocks;  // of this launch, with the stamp at which each started

  // clocks[t][l]: the last synchronisation of lane l of its warp that thread t knows of; its own count at its own place
  std::vector<std::array<std::uint32_t, warp>> clocks;

  std::byte* static_begin = nullptr;
  std::size_t static_bytes = 0;
  std::size_t dynamic_bytes = 0;
  std::vector<Word> static_words;
  std::vector<Word> dynamic_words;
  GlobalWords global;

  std::vector<bool> fenced;                           // threads that passed a __threadfence
  std::unordered_map<std::uintptr_t, Done> released;  // by the address of the atomic
  Done acquired;                                      // by this block
};

State& state() {
  static auto* const it = new State;
  return *it;
}

std::string text_of(const Access& access) {
  const State& s = state();
  const auto after = std::upper_bound(s.blocks.begin(), s.blocks.end(), access.stamp,
                                      [](std::uint32_t stamp, const auto& entry) { return stamp < entry.first; });
  const dim3 size = block.threads;
  const unsigned t = access.thread;
  std::string text = "thread " + emulator::text_of(uint3{t % size.x, t / size.x % size.y, t / size.x / size.y});
  if (access.stamp < s.block) {
    text += " of block " + emulator::text_of(std::prev(after)->second);
  }
  return text;
}

bool ordered_in_block(const Access& earlier) {
  const State& s = state();
  if (earlier.stamp < s.stamp || earlier.thread == lane->index) {
    return true;
  }
  return earlier.thread / warp == lane->index / warp && s.clocks[lane->index][earlier.thread % warp] >= earlier.clock;
}

bool released_to_this_block(const Access& earlier) {
  const Done& acquired = state().acquired;
  const auto after = acquired.upper_bound(earlier.stamp);
  return after != acquired.begin() && earlier.stamp <= std::prev(after)->second;
}

// `since` is the stamp from which on accesses to this kind of memory count.
bool races(const Access& earlier, const Access& now, std::uint32_t since) {
  if (earlier.stamp < since || (earlier.bytes & now.bytes) == 0 || (earlier.atomic && now.atomic)) {
    return false;
  }
  return earlier.stamp < state().block ? !released_to_this_block(earlier) : !ordered_in_block(earlier);
}

[[noreturn]] void report_race(const Access& earlier, bool earlier_writes, const Touch& touch, const char* memory) {
  const bool blocks = earlier.stamp < state().block;
  std::string what = "race: ";
  what += touch.atomic ? "changes " : touch.write ? "writes " : "reads ";
  what += std::to_string(touch.bytes) + " bytes of " + memory + " memory that " + text_of(earlier);
  what += earlier_writes ? " wrote at " : " read at ";
  what += source_line(__ehdr_start + earlier.code);
  what += blocks                                        ? ""
          : earlier.thread / warp == lane->index / warp ? ", no barrier or __syncwarp between"
                                                        : ", no barrier between";
  fail(status::launch_failed, source_line(touch.code), what);
}

// Whether nothing is lost when `kept` gives way to a read of this thread: whatever will race with `kept` races with it.
bool covered(const Access& kept, std::uint32_t since) {
  return kept.stamp < since || (kept.stamp >= state().block && ordered_in_block(kept));
}

void remember_read(Word& word, const Access& now, std::uint32_t since) {
  Access* const kept = covered(word.reads[0], since) ? &word.reads[0] : &word.reads[1];
  const bool same = kept->stamp == now.stamp && kept->thread == now.thread && kept->atomic == now.atomic;
  const std::uint8_t bytes = same ? kept->bytes | now.bytes : now.bytes;
  *kept = now;
  kept->bytes = bytes;
}

void check_races(Word& word, const Access& now, const Touch& touch, std::uint32_t since, const char* memory) {
  if (races(word.write, now, since)) {
    report_race(word.write, true, touch, memory);
  }
  if (!touch.write) {
    remember_read(word, now, since);
    return;
  }
  for (const Access& read : word.reads) {
    if (races(read, now, since)) {
      report_race(read, false, touch, memory);
    }
  }
  const bool same = word.write.stamp == now.stamp && word.write.thread == now.thread;
  const std::uint8_t bytes = same ? word.write.bytes | now.bytes : now.bytes;
  word.write = now;
  word.write.bytes = bytes;
}

void check_written(Word& word, const Access& now, const Touch& touch) {
  const std::uint8_t before = word.written >= state().block ? word.written_bytes : 0;
  if (touch.write) {
    word.written = now.stamp;
    word.written_bytes = before | now.bytes;
  } else if ((before & now.bytes) != now.bytes) {
    fail(status::launch_failed, source_line(touch.code),
         "reads shared memory that no thread of the block has written yet");
  }
}

[[noreturn]] void report_out_of_bounds(const Touch& touch, const std::string& where) {
  fail(status::illegal_address, source_line(touch.code),
       std::string("out of bounds: ") + (touch.write ? "writes " : "reads ") + std::to_string(touch.bytes) +
           " bytes: " + where);
}

bool in_image(const void* address) { return address >= __ehdr_start && address < _end; }

void check_global_bounds(Word& word, std::uintptr_t address, const Touch& touch) {
  if (word.in_bounds == state().launch) {
    return;
  }
  const auto inside = [](const void* begin, std::size_t bytes) {
    const Place place = place_of(begin, bytes);
    return place == Place::device || place == Place::pinned || (place == Place::outside && in_image(begin));
  };
  if (inside(reinterpret_cast<const void*>(address / 4 * 4), 4)) {
    word.in_bounds = state().launch;
  } else if (!inside(touch.address, touch.bytes)) {
    report_out_of_bounds(touch, describe(touch.address));
  }
}

std::size_t offset_from(const std::byte* begin, const void* address) {
  return static_cast<std::size_t>(static_cast<const std::byte*>(address) - begin);
}

// where a thread's parameters come from
bool in_arguments(const void* address) {
  const std::vector<std::byte>& arguments = Threads::instance().launch().arguments;
  return offset_from(arguments.data(), address) < arguments.size();
}

struct Memory {
  std::vector<Word>* words;  // null for global memory
  std::size_t offset;
};

Memory memory_of(const Touch& touch) {
  State& s = state();
  const std::size_t in_static = offset_from(s.static_begin, touch.address);
  if (in_static < s.static_bytes) {
    return {&s.static_words, in_static};
  }
  const std::size_t in_dynamic = offset_from(block.dynamic_shared, touch.address);
  if (in_dynamic >= most_dynamic_words * 4) {
    return {nullptr, 0};
  }
  if (in_dynamic + touch.bytes > s.dynamic_bytes) {
    report_out_of_bounds(touch, "byte " + std::to_string(in_dynamic) + " of " + std::to_string(s.dynamic_bytes) +
                                    " bytes of dynamic shared memory");
  }
  return {&s.dynamic_words, in_dynamic};
}

Access access_now(const Touch& touch) {
  State& s = state();
  Access now;
  now.stamp = s.stamp;
  now.code = static_cast<std::uint32_t>(static_cast<const char*>(touch.code) - __ehdr_start);
  now.clock = s.clocks[lane->index][lane->index % warp];
  now.thread = static_cast<std::uint16_t>(lane->index);
  now.atomic = touch.atomic;
  return now;
}

// An atomic after a fence releases what this block did; any atomic acquires what was released at its address.
void synchronise_blocks(const Touch& touch) {
  State& s = state();
  Done& released = s.released[reinterpret_cast<std::uintptr_t>(touch.address)];
  for (const auto& [first, last] : released) {
    if (first < s.block) {
      s.acquired.insert_or_assign(first, last);
    }
  }
  if (s.fenced[lane->index]) {
    released.insert(s.acquired.begin(), s.acquired.end());
    released.insert_or_assign(s.block, s.stamp);
  }
}

}  // namespace

void check(const Touch& touch) {
  if (lane == nullptr || Threads::instance().on_stack(touch.address) || in_arguments(touch.address)) {
    return;
  }
  State& s = state();
  const Memory memory = memory_of(touch);
  Access now = access_now(touch);
  if (touch.atomic && memory.words == nullptr) {
    synchronise_blocks(touch);
  }
  const std::uintptr_t first = reinterpret_cast<std::uintptr_t>(touch.address);
  for (std::uintptr_t address = first; address < first + touch.bytes; address = address / 4 * 4 + 4) {
    const unsigned from = address % 4;
    const unsigned to = static_cast<unsigned>(std::min<std::uintptr_t>(4, first + touch.bytes - address / 4 * 4));
    now.bytes = static_cast<std::uint8_t>((1u << to) - (1u << from));
    if (memory.words == nullptr) {
      Word& word = s.global.at(address);
      check_global_bounds(word, address, touch);
      check_races(word, now, touch, s.launch, "global");
    } else {
      Word& word = memory.words->at((memory.offset + (address - first)) / 4);
      check_races(word, now, touch, s.block, "shared");
      check_written(word, now, touch);
    }
  }
}

void launch_starts(const Launch& launch) {
  State& s = state();
  if (s.stamp > 1u << 31) {
    s.stamp = 0;
    s.static_words.clear();
    s.dynamic_words.clear();
    s.global.forget();
  }
  if (s.global.pages() > most_pages_kept) {
    s.global.forget();
  }
  s.launch = s.block = s.stamp + 1;
  s.blocks.clear();
  s.static_begin = shared_begin + sizeof shared_begin;
  s.static_bytes = offset_from(s.static_begin, shared_end);
  s.dynamic_bytes = launch.dynamic_shared;
  s.static_words.resize(s.static_bytes / 4 + 1);
  s.dynamic_words.resize(most_dynamic_words);
  s.clocks.assign(Stacks::count, {});
  for (unsigned i = 0; i < Stacks::count; i++) {
    s.clocks[i][i % warp] = 1;
  }
  s.released.clear();
}

void block_starts() {
  State& s = state();
  s.block = ++s.stamp;
  s.blocks.emplace_back(s.stamp, block.index);
  s.acquired.clear();
  s.fenced.assign(Stacks::count, false);
}

void barrier_passed() { state().stamp++; }

void warp_synchronised(unsigned first, unsigned lanes) {
  State& s = state();
  std::array<std::uint32_t, warp> known{};
  for (unsigned i = 0; i < warp; i++) {
    if ((lanes >> i & 1) != 0) {
      std::transform(known.begin(), known.end(), s.clocks[first + i].begin(), known.begin(),
                     [](std::uint32_t a, std::uint32_t b) { return std::max(a, b); });
    }
  }
  for (unsigned i = 0; i < warp; i++) {
    if ((lanes >> i & 1) != 0) {
      s.clocks[first + i] = known;
      s.clocks[first + i][i]++;
    }
  }
}

void fence() { state().fenced[lane->index] = true; }

}  // namespace emulator::checker
