// What the checking build remembers of every word of memory that a launch touched.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace emulator::checker {

// An access to some bytes of a word. Stamps count the stretches between barriers, over all blocks and launches.
struct Access {
  std::uint32_t stamp = 0;
  std::uint32_t code = 0;   // where in the library's image
  std::uint32_t clock = 0;  // the thread's count of warp synchronisations
  std::uint16_t thread = 0;
  std::uint8_t bytes = 0;  // of the word, a bit each
  bool atomic = false;
};

// The last write and two reads: enough that a racing write meets one of them (two threads, or two blocks).
struct Word {
  Access write;
  std::array<Access, 2> reads;
  std::uint32_t in_bounds = 0;  // stamp of the launch that found all of the word inside an allocation
  std::uint32_t written = 0;    // stamp of the last write into written_bytes
  std::uint8_t written_bytes = 0;
};

// Words of global memory by their address.
class GlobalWords {
 public:
  Word& at(std::uintptr_t address) {
    const std::uintptr_t page = address / page_bytes;
    Recent& recent = recent_[page % recent_.size()];
    if (recent.page != page || recent.words == nullptr) {
      recent = {page, find(page)};
    }
    return recent.words[address % page_bytes / 4];
  }

  std::size_t pages() const { return pages_.size(); }
  void forget() {
    pages_.clear();
    recent_.fill({});
  }

 private:
  static constexpr std::size_t page_bytes = 4096;
  struct Recent {
    std::uintptr_t page = 0;
    Word* words = nullptr;
  };

  Word* find(std::uintptr_t page) {
    std::unique_ptr<Word[]>& words = pages_[page];
    if (!words) {
      words = std::make_unique<Word[]>(page_bytes / 4);
    }
    return words.get();
  }

  std::unordered_map<std::uintptr_t, std::unique_ptr<Word[]>> pages_;
  std::array<Recent, 256> recent_;
};

}  // namespace emulator::checker
