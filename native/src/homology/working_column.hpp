// The column that is being reduced: a heap of entries, of which equal ones add up when they meet at the top.
#pragma once

#include <algorithm>
#include <cstdint>

#include "homology/account.hpp"

namespace scaleinv::homology {

template <class Key, class Field>
class WorkingColumn {
 public:
  using Entry = typename Field::template Entry<Key>;

  WorkingColumn(const Field& field, Account& account) : field_(field), heap_(account) {}

  void clear() { heap_.clear(); }

  void push(Key key, uint32_t coefficient) {
    heap_.push_back(Field::entry(key, coefficient));
    std::push_heap(heap_.begin(), heap_.end(), after);
  }

  // Takes the lowest key whose coefficients do not add up to 0. False where there is none.
  bool pop(Key* key, uint32_t* coefficient) {
    while (!heap_.empty()) {
      *key = heap_.front().key;
      *coefficient = 0;
      while (!heap_.empty() && heap_.front().key == *key) {
        *coefficient = field_.add(*coefficient, Field::coefficient(heap_.front()));
        std::pop_heap(heap_.begin(), heap_.end(), after);
        heap_.pop_back();
      }
      if (*coefficient != 0) {
        return true;
      }
    }
    return false;
  }

 private:
  static bool after(const Entry& a, const Entry& b) { return a.key > b.key; }

  const Field& field_;
  Counted<Entry> heap_;
};

}  // namespace scaleinv::homology
