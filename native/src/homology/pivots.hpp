// Which column has which pivot: a hash table with open addressing, at most half full.
#pragma once

#include <bit>
#include <cstdint>

#include "homology/account.hpp"

namespace scaleinv::homology {

template <class Key>
class Pivots {
 public:
  explicit Pivots(Account& account) : slots_(account) { slots_.resize(16, Slot{none, 0}); }

  static constexpr int64_t absent = -1;

  // The column that has the key as its pivot, or absent.
  int64_t find(Key key) const {
    for (std::size_t at = place(key);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key == key) {
        return slots_[at].column;
      }
      if (slots_[at].key == none) {
        return absent;
      }
    }
  }

  // The key is not there yet.
  void insert(Key key, int64_t column) {
    if (2 * (count_ + 1) > slots_.size()) {
      grow();
    }
    put(key, column);
    count_++;
  }

 private:
  // A key of no simplex: its rank would be that of no edge.
  static constexpr Key none = ~Key{0};
  struct Slot {
    Key key;
    int64_t column;
  };

  // Fibonacci hashing (Knuth, volume 3, section 6.4).
  std::size_t place(Key key) const {
    uint64_t mixed = static_cast<uint64_t>(key);
    if constexpr (sizeof(Key) > 8) {
      mixed ^= static_cast<uint64_t>(key >> 64) * 0xff51afd7ed558ccdu;
    }
    mixed ^= mixed >> 32;
    return static_cast<std::size_t>((mixed * 0x9e3779b97f4a7c15u) >> (64 - std::countr_zero(slots_.size())));
  }

  void put(Key key, int64_t column) {
    std::size_t at = place(key);
    while (slots_[at].key != none) {
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = {key, column};
  }

  void grow() {
    Counted<Slot> old(slots_.get_allocator());
    old.resize(2 * slots_.size(), Slot{none, 0});
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key != none) {
        put(slot.key, slot.column);
      }
    }
  }

  Counted<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace scaleinv::homology
