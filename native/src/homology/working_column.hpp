// The column that is being reduced: a monotone priority queue of entries, equal ones of which add up.
//
// A radix heap (Ahuja, Mehlhorn, Orlin, Tarjan 1990). All that is pushed lies behind what was popped last, so entries
// are kept by the highest bit in which they differ from that: pushing is one step, and popping the lowest entry spreads
// one bucket over lower ones, so that no entry moves more often than it has bits.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "homology/account.hpp"
#include "homology/simplex.hpp"

namespace scaleinv::homology {

template <class Key, class Field>
class WorkingColumn {
 public:
  using Entry = typename Field::template Entry<Key>;

  WorkingColumn(const Field& field, Account& account) : field_(field), buckets_(bits, Counted<Entry>(account)) {}

  void clear() {
    for (Key left = filled_; left != 0; left &= left - 1) {
      buckets_[lowest(left)].clear();
    }
    filled_ = 0;
    last_ = 0;
  }

  // The key is higher than the one popped last.
  void push(Key key, uint32_t coefficient) { put(Field::entry(key, coefficient)); }

  // Takes the lowest key whose coefficients do not add up to 0. False where there is none.
  bool pop(Key* key, uint32_t* coefficient) {
    while (filled_ != 0) {
      Counted<Entry>& bucket = buckets_[lowest(filled_)];
      filled_ &= filled_ - 1;
      Key first = bucket.front().key;
      for (const Entry& entry : bucket) {
        first = entry.key < first ? entry.key : first;
      }
      last_ = first;
      uint32_t sum = 0;
      for (const Entry& entry : bucket) {
        if (entry.key == first) {
          sum = field_.add(sum, Field::coefficient(entry));
        } else {
          put(entry);
        }
      }
      bucket.clear();
      if (sum != 0) {
        *key = first;
        *coefficient = sum;
        return true;
      }
    }
    return false;
  }

 private:
  static constexpr int bits = 8 * sizeof(Key);

  static int lowest(Key set) {
    if constexpr (bits > 64) {
      const auto low = static_cast<uint64_t>(set);
      return low != 0 ? std::countr_zero(low) : 64 + std::countr_zero(static_cast<uint64_t>(set >> 64));
    } else {
      return std::countr_zero(set);
    }
  }

  static int highest(Key set) {
    if constexpr (bits > 64) {
      const auto high = static_cast<uint64_t>(set >> 64);
      return high != 0 ? 127 - std::countl_zero(high) : 63 - std::countl_zero(static_cast<uint64_t>(set));
    } else {
      return 63 - std::countl_zero(set);
    }
  }

  void put(const Entry& entry) {
    // the first bit stands in for 0: nothing is pushed that equals what was popped
    const int at = highest((entry.key ^ last_) | 1);
    buckets_[at].push_back(entry);
    filled_ |= Key{1} << at;
  }

  const Field& field_;
  std::vector<Counted<Entry>> buckets_;
  // which buckets hold something
  Key filled_ = 0;
  Key last_ = 0;
};

}  // namespace scaleinv::homology
