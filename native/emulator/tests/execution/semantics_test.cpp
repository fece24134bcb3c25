// Kernels on the host compute what their plain loops compute, in every order of threads, and the checker finds nothing.
#include <algorithm>
#include <numeric>

#include "../../../tests/check.hpp"
#include "../../static_shared.hpp"
#include "device.hpp"

namespace {

using device::Array;
using device::launch;
using device::Shape;

constexpr std::uint64_t orders[] = {0, 1, 2, 3};

void runs(const std::optional<emulator::Fault>& fault, int line) {
  check::that(!fault, fault ? fault->what.c_str() : "", __FILE__, line);
}
#define RUNS(...) runs(__VA_ARGS__, __LINE__)

// the driver keeps thread-local variables of its own beside the kernels' shared memory
thread_local int beside_shared_memory = 20250601;

template <typename T>
void multiplies(const char* kernel, int side, double unit) {
  check::Numbers numbers;
  for (const int n : {1, 5, 16, 31, 47}) {
    Array<T> a(n * n), b(n * n);
    for (int i = 0; i < n * n; i++) {
      a[i] = static_cast<T>(numbers.next());
      b[i] = static_cast<T>(numbers.next());
    }
    for (const std::uint64_t order : orders) {
      Array<T> product(n * n);
      const unsigned tiles = static_cast<unsigned>((n + side - 1) / side);
      const unsigned threads = static_cast<unsigned>(side);
      RUNS(launch(kernel, Shape{{tiles, tiles, 1}, {threads, threads, 1}, 0}, order, a.data(), b.data(), product.data(),
                  int32_t{n}));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int k = 0; k < n; k++) {
            sum += static_cast<double>(a[i * n + k]) * b[k * n + j];
          }
          // n roundings of a sum of n products at most 1, either way
          CHECK_CLOSE(sum, product[i * n + j], 2.0 * n * n * unit);
        }
      }
    }
  }
}

void reduces() {
  check::Numbers numbers;
  for (const int64_t count : {1, 31, 1000, 3001}) {
    Array<int32_t> in(static_cast<std::size_t>(count));
    std::generate_n(in.data(), count, [&] { return static_cast<int32_t>(numbers.next() * 1e9); });
    const auto [least, greatest] = std::minmax_element(in.data(), in.data() + count);
    const long long sum = std::accumulate(in.data(), in.data() + count, 0LL);
    for (const std::uint64_t order : orders) {
      Array<unsigned long long> found(1);
      Array<int32_t> extremes(2, in[0]);
      RUNS(launch("reduce", Shape{{3, 1, 1}, {256, 1, 1}, 0}, order, in.data(), count, found.data(), extremes.data()));
      CHECK(static_cast<long long>(found[0]) == sum);
      CHECK(extremes[0] == *least && extremes[1] == *greatest);
    }
  }
}

void reverses_99_kilobytes() {
  for (const std::size_t count : {std::size_t{7}, std::size_t{99 << 10} / 4}) {
    Array<float> values(count);
    std::iota(values.data(), values.data() + count, 1.0f);
    RUNS(launch("reverse", Shape{{1, 1, 1}, {1024, 1, 1}, count * 4}, 1, values.data(), static_cast<int64_t>(count)));
    bool reversed = true;
    for (std::size_t i = 0; i < count; i++) {
      reversed &= values[i] == static_cast<float>(count - i);
    }
    CHECK(reversed);
  }
}

void shuffles_and_votes() {
  check::Numbers numbers;
  Array<double> in(96);
  std::generate_n(in.data(), 96, [&] { return numbers.next(); });
  for (const std::uint64_t order : orders) {
    Array<double> out(96 * 8);
    RUNS(launch("warp_functions", Shape{{1, 1, 1}, {96, 1, 1}, 0}, order, in.data(), out.data()));
    for (unsigned t = 0; t < 96; t++) {
      const unsigned first = t / 32 * 32;
      const unsigned lane = t % 32;
      unsigned positive = 0, low = 0, high = 0;
      for (unsigned i = 0; i < 32; i++) {
        positive |= static_cast<unsigned>(in[first + i] > 0) << i;
        low |= static_cast<unsigned>(i < 16 && i % 3 == 0) << i;
        high |= static_cast<unsigned>(i >= 16 && i % 5 == 0) << i;
      }
      const double* const row = &out[t * 8];
      CHECK(row[0] == positive);
      CHECK(row[1] == 2);
      CHECK(row[2] == in[t / 8 * 8 + 3]);
      CHECK(row[3] == in[lane % 8 == 0 ? t : t - 1]);
      CHECK(row[4] == in[first + (lane ^ 5)]);
      CHECK(row[5] == static_cast<double>(static_cast<int64_t>(first + (lane + 1) % 32) << 40));
      CHECK(row[6] == static_cast<float>(in[lane % 16 >= 14 ? t : t + 2]));
      CHECK(row[7] == (lane < 16 ? low : high));
    }
  }
}

void votes_of_blocks() {
  for (const int32_t positive : {0, 1, 39, 40}) {
    Array<int32_t> in(40), out(120);
    std::fill_n(in.data(), positive, 1);
    RUNS(launch("block_votes", Shape{{1, 1, 1}, {40, 1, 1}, 0}, 2, in.data(), out.data()));
    for (int i = 0; i < 40; i++) {
      CHECK(out[i * 3] == positive && out[i * 3 + 1] == (positive == 40) && out[i * 3 + 2] == (positive > 0));
    }
  }
}

void numbers_every_thread_once() {
  for (const std::uint64_t order : orders) {
    Array<int32_t> seen(2 * 3 * 5 * 4 * 3 * 2);
    RUNS(launch("number_threads", Shape{{2, 3, 5}, {4, 3, 2}, 0}, order, seen.data()));
    for (std::size_t i = 0; i < seen.size(); i++) {
      CHECK(seen[i] == static_cast<int32_t>(1 + i % 24));
    }
  }
}

void packs_parameters_as_cuda_does() {
  const emulator::Kernel* const kernel = emulator::find_kernel("packed");
  const std::size_t offsets[] = {0, 8, 16, 24, 32, 40, 48};
  const std::size_t sizes[] = {4, 8, 4, 8, 4, 8, 8};
  for (int i = 0; i < 7; i++) {
    CHECK(kernel->parameters[i].offset == offsets[i] && kernel->parameters[i].size == sizes[i]);
    CHECK(kernel->parameters[i].pointer == (i == 3 || i == 6));
  }
  CHECK(kernel->argument_bytes == 56);
  Array<double> out(6);
  Array<float> in(1, 6.5f);
  RUNS(launch("packed", Shape{}, 0, int32_t{-1}, 2.5, 3.5f, out.data(), int32_t{4}, int64_t{1} << 40, in.data()));
  const double expected[] = {-1, 2.5, 3.5, 4, 0x1p40, 6.5};
  CHECK(std::equal(out.data(), out.data() + 6, expected));
  CHECK(emulator::find_kernel("unheard_of") == nullptr);
}

void moves_vectors() {
  Array<float> in(256), out(256);
  std::iota(in.data(), in.data() + 256, 0.0f);
  RUNS(launch("scale_fours", Shape{{1, 1, 1}, {64, 1, 1}, 0}, 3, in.data(), out.data(), 1.5f));
  for (int i = 0; i < 256; i++) {
    CHECK(out[i] == 1.5f * static_cast<float>(i));
  }
}

void spoils_shared_memory_before_every_block() {
#ifndef SCALEINV_EMULATOR_CHECKING
  Array<int32_t> out(3 * 64);
  RUNS(launch("fresh_shared", Shape{{3, 1, 1}, {64, 1, 1}, 0}, 0, out.data()));
  CHECK(std::all_of(out.data(), out.data() + 3 * 64, [](int32_t nan) { return nan == 1; }));
#endif
  CHECK(beside_shared_memory == 20250601);
}

void knows_what_kernels_declare() {
  CHECK(emulator::static_shared("fresh_shared") == 64 * sizeof(float));
  CHECK(emulator::static_shared("reduce") == 8 * sizeof(long long));
  CHECK(emulator::static_shared("atomics") == 0);
  CHECK(emulator::static_shared("none of them") == 0);
}

void counts_by_atomics() {
  for (const std::uint64_t order : orders) {
    Array<unsigned> cells(8);
    cells[3] = 1000;
    Array<double> halves(2);
    Array<float> single(1);
    RUNS(launch("atomics", Shape{{3, 1, 1}, {50, 1, 1}, 0}, order, cells.data(), halves.data(), single.data()));
    unsigned flipped = 0;
    for (unsigned i = 0; i < 150; i++) {
      flipped ^= 1u << i % 32;
    }
    const unsigned expected[] = {150, 0u - 150, 149, 0, ~0u, flipped, 0, 300};
    CHECK(std::equal(cells.data(), cells.data() + 8, expected));
    CHECK(halves[0] == 75 && single[0] == 37.5f);
  }
}

void scans_by_warps() {
  Array<int32_t> in(64);
  std::iota(in.data(), in.data() + 64, 3);
  for (const std::uint64_t order : orders) {
    Array<int32_t> out(64);
    RUNS(launch("scan_warps", Shape{{1, 1, 1}, {64, 1, 1}, 0}, order, in.data(), out.data()));
    for (int warp = 0; warp < 2; warp++) {
      int32_t sum = 0;
      for (int i = 32 * warp; i < 32 * warp + 32; i++) {
        sum += in[i];
        CHECK(out[i] == sum);
      }
    }
  }
}

void refuses_impossible_shapes() {
  Array<int32_t> seen(1);
  for (const Shape& shape : {Shape{{1, 1, 1}, {1025, 1, 1}, 0}, Shape{{0, 1, 1}, {1, 1, 1}, 0}}) {
    const auto fault = launch("number_threads", shape, 0, seen.data());
    CHECK(fault && fault->status == 1);
  }
}

}  // namespace

int main() {
  multiplies<float>("multiply_float", 16, 0x1p-24);
  multiplies<double>("multiply_double", 8, 0x1p-53);
  reduces();
  reverses_99_kilobytes();
  shuffles_and_votes();
  votes_of_blocks();
  numbers_every_thread_once();
  packs_parameters_as_cuda_does();
  moves_vectors();
  spoils_shared_memory_before_every_block();
  knows_what_kernels_declare();
  counts_by_atomics();
  scans_by_warps();
  refuses_impossible_shapes();
  return check::result();
}
