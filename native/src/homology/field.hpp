// Coefficients: the integers modulo a prime. Modulo 2 takes no memory and no time.
#pragma once

#include <cstdint>
#include <vector>

namespace scaleinv::homology {

// What stands in a column beside a simplex. An entry is a simplex with its coefficient, which is never 0.
template <class Key>
struct PlainEntry {
  Key key;
};

template <class Key>
struct ScaledEntry {
  Key key;
  uint32_t coefficient;
};

class Modulo2 {
 public:
  template <class Key>
  using Entry = PlainEntry<Key>;
  static constexpr bool signs = false;

  template <class Key>
  static Entry<Key> entry(Key key, uint32_t) {
    return {key};
  }
  template <class Key>
  static uint32_t coefficient(const Entry<Key>&) {
    return 1;
  }
  static uint32_t add(uint32_t a, uint32_t b) { return (a + b) & 1; }
  static uint32_t multiply(uint32_t a, uint32_t b) { return a & b; }
  static uint32_t negate(uint32_t a) { return a; }
  static uint32_t inverse(uint32_t) { return 1; }
};

class Modulo {
 public:
  explicit Modulo(uint32_t prime) : prime_(prime), inverses_(prime) {
    // Of a: prime = (prime / a)·a + prime mod a, so that −(prime / a)·(prime mod a)⁻¹ is its inverse.
    inverses_[1] = 1;
    for (uint32_t a = 2; a < prime; a++) {
      inverses_[a] = prime - prime / a * inverses_[prime % a] % prime;
    }
  }

  template <class Key>
  using Entry = ScaledEntry<Key>;
  static constexpr bool signs = true;

  template <class Key>
  static Entry<Key> entry(Key key, uint32_t coefficient) {
    return {key, coefficient};
  }
  template <class Key>
  static uint32_t coefficient(const Entry<Key>& entry) {
    return entry.coefficient;
  }
  uint32_t add(uint32_t a, uint32_t b) const { return (a + b) % prime_; }
  uint32_t multiply(uint32_t a, uint32_t b) const { return a * b % prime_; }
  uint32_t negate(uint32_t a) const { return a == 0 ? 0 : prime_ - a; }
  uint32_t inverse(uint32_t a) const { return inverses_[a]; }

 private:
  uint32_t prime_;
  std::vector<uint32_t> inverses_;
};

}  // namespace scaleinv::homology
