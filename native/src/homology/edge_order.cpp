// Edges by length, then by index.
#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <utility>

#include "homology/edges.hpp"
#include "status.hpp"

namespace scaleinv::homology {
namespace {

// Fewer are sorted by comparisons.
constexpr std::size_t few = 4096;

// Lengths are not negative: their bits, 31 of them, are ordered as they are.
constexpr int digits = 3;
constexpr int digit_bits = 11;
using Places = std::array<int64_t, 1 << digit_bits>;

std::size_t digit(float length, int number) {
  return std::bit_cast<uint32_t>(length) >> (number * digit_bits) & ((1 << digit_bits) - 1);
}

bool before(const Candidate& a, const Candidate& b) {
  if (a.length != b.length) {
    return a.length < b.length;
  }
  return a.ends.high != b.ends.high ? a.ends.high < b.ends.high : a.ends.low < b.ends.low;
}

void count(const Counted<Candidate>& found, std::array<Places, digits>& places) {
  for (Places& of_digit : places) {
    of_digit.fill(0);
  }
  for (const Candidate& candidate : found) {
    for (int number = 0; number < digits; number++) {
      places[number][digit(candidate.length, number)]++;
    }
  }
  for (Places& of_digit : places) {
    int64_t place = 0;
    for (int64_t& at : of_digit) {
      place += std::exchange(at, place);
    }
  }
}

void move(const Counted<Candidate>& from, Counted<Candidate>& to, Places& places, int number) {
  for (const Candidate& candidate : from) {
    to[places[digit(candidate.length, number)]++] = candidate;
  }
}

Edges sized(const Counted<Candidate>& found, int64_t points, float threshold, Account& account) {
  if (found.size() >= no_edge) {
    throw Failure(SCALEINV_INVALID_ARGUMENT,
                  std::to_string(found.size()) + " edges are within the threshold, expected less than 4294967295");
  }
  Edges edges(account);
  edges.points = static_cast<int32_t>(points);
  edges.threshold = threshold;
  edges.lengths.resize(found.size());
  edges.ends.resize(found.size());
  return edges;
}

// −0 is 0.
void without_signs(Counted<Candidate>& found) {
  for (Candidate& candidate : found) {
    candidate.length += 0.0f;
  }
}

}  // namespace

Edges in_order(Counted<Candidate>& found, int64_t points, float threshold, Account& account) {
  without_signs(found);
  std::sort(found.begin(), found.end(), before);
  Edges edges = sized(found, points, threshold, account);
  for (std::size_t i = 0; i < found.size(); i++) {
    edges.lengths[i] = found[i].length;
    edges.ends[i] = found[i].ends;
  }
  return edges;
}

// Digit by digit from the last one, each pass keeping the order of the one before; the last pass fills the edges.
Edges by_length(Counted<Candidate>& found, int64_t points, float threshold, Account& account) {
  if (found.size() < few) {
    return in_order(found, points, threshold, account);
  }
  without_signs(found);
  std::array<Places, digits> places;
  count(found, places);
  {
    Counted<Candidate> other(account);
    other.resize(found.size());
    move(found, other, places[0], 0);
    move(other, found, places[1], 1);
  }
  Edges edges = sized(found, points, threshold, account);
  for (const Candidate& candidate : found) {
    const int64_t at = places[2][digit(candidate.length, 2)]++;
    edges.lengths[at] = candidate.length;
    edges.ends[at] = candidate.ends;
  }
  return edges;
}

}  // namespace scaleinv::homology
