// Every planted bug is found with its kernel and line, in every order of threads; the mended twins raise no alarm.
// The plain build finds what hangs or diverges, and the rest only as a wrong result under some order.
#include <fstream>
#include <functional>
#include <numeric>

#include "../../../tests/check.hpp"
#include "device.hpp"
#include "faults.hpp"

namespace {

using device::Array;
using device::launch;
using device::Shape;
using emulator::Fault;
namespace status = emulator::status;

#ifdef SCALEINV_EMULATOR_CHECKING
constexpr bool checking = true;
#else
constexpr bool checking = false;
#endif

constexpr std::uint64_t orders[] = {0, 1, 2, 3, 4, 5};
constexpr Shape one_block{{1, 1, 1}, {64, 1, 1}, 0};

// The line of planted.cu that is marked as the place of a kernel's fault.
std::string marked_line(const std::string& kernel) {
  std::ifstream source(PLANTED_SOURCE);
  std::string line;
  for (int number = 1; std::getline(source, line); number++) {
    const std::string mark = "// fault: " + kernel;
    if (line.size() >= mark.size() && line.compare(line.size() - mark.size(), mark.size(), mark) == 0) {
      return "planted.cu:" + std::to_string(number);
    }
  }
  return "no line is marked for " + kernel;
}

Array<float> ramp(std::size_t count) {
  Array<float> values(count);
  std::iota(values.data(), values.data() + count, 1.0f);
  return values;
}

using Run = std::function<std::optional<Fault>(std::uint64_t order)>;

// The line is the one of the later access, or of the earlier one, which a race names too: it depends on the order.
void found(const char* kernel, int expected, const std::string& kind, const Run& run) {
  for (const std::uint64_t order : orders) {
    const std::optional<Fault> fault = run(order);
    const std::string text = fault ? fault->what : "nothing";
    const bool holds = fault && fault->status == expected && text.rfind(std::string(kernel) + ": ", 0) == 0 &&
                       text.find(kind) != std::string::npos && text.find(marked_line(kernel)) != std::string::npos &&
                       text.find('\n') == std::string::npos;
    check::that(holds, (std::string(kernel) + " at " + marked_line(kernel) + ": " + text).c_str(), __FILE__, __LINE__);
    if (order == 0) {
      std::printf("%s\n", text.c_str());
    }
  }
}

void silent(const char* kernel, const Run& run) {
  for (const std::uint64_t order : orders) {
    const std::optional<Fault> fault = run(order);
    check::that(!fault, (std::string(kernel) + ": " + (fault ? fault->what : "")).c_str(), __FILE__, __LINE__);
  }
}

void finds_in_both_builds() {
  Array<float> out(64);
  Array<int32_t> numbers(64);
  found("divergent_barrier", status::launch_failed, "divergent barrier",
        [&](auto order) { return launch("divergent_barrier", one_block, order, out.data()); });
  found("barrier_after_exit", status::launch_failed, "barrier after exit",
        [&](auto order) { return launch("barrier_after_exit", one_block, order, out.data(), int64_t{50}); });
  found("warp_hang", status::launch_timeout, "hang",
        [&](auto order) { return launch("warp_hang", one_block, order, numbers.data()); });
  found("masks_disagree", status::launch_failed, "masks disagree",
        [&](auto order) { return launch("masks_disagree", one_block, order, numbers.data()); });
  found("outside_own_mask", status::launch_failed, "not in its own warp mask 0x7fffffff",
        [&](auto order) { return launch("outside_own_mask", one_block, order, numbers.data()); });
  found("functions_differ", status::launch_failed, "different warp functions meet",
        [&](auto order) { return launch("functions_differ", one_block, order, numbers.data()); });
  Array<float> negative(64, -1.0f);
  found("trapped", status::launch_failed, "__trap()",
        [&](auto order) { return launch("trapped", one_block, order, negative.data()); });
}

void finds_freed_parameters() {
  Array<float> out(64);
  auto freed = std::make_unique<Array<float>>(64);
  const float* const gone = freed->data();
  freed.reset();
  const auto fault = launch("reads_all", one_block, 0, gone, out.data());
  CHECK(fault && fault->status == status::illegal_address);
  CHECK(fault && fault->what == "reads_all: parameter 0 was freed: byte 0 of an allocation of 256");
  float host[64] = {};
  const auto outside = launch("reads_all", one_block, 0, static_cast<const float*>(host), out.data());
  CHECK(outside && outside->what == "reads_all: parameter 0 is no device memory: no allocation");
}

void finds_races() {
  const Array<float> in = ramp(256);
  Array<float> out(64);
  const Shape blocks{{16, 1, 1}, {64, 1, 1}, 0};
  for (const char* kernel : {"missing_barrier", "missing_syncwarp", "vote_for_syncwarp"}) {
    // its first read finds the other's place not written yet, or written with nothing between
    found(kernel, status::launch_failed, "shared memory that",
          [&](auto order) { return launch(kernel, one_block, order, in.data(), out.data()); });
  }
  found("missing_second_barrier", status::launch_failed, "race", [&](auto order) {
    return launch("missing_second_barrier", one_block, order, in.data(), out.data(), int32_t{4});
  });
  found("block_order", status::launch_failed, "race",
        [&](auto order) { return launch("block_order", blocks, order, in.data(), out.data()); });
  Array<int32_t> total(1), copy(64), ones(64, 1);
  found("lost_update", status::launch_failed, "race",
        [&](auto order) { return launch("lost_update", blocks, order, total.data()); });
  found("atomic_read_plainly", status::launch_failed, "race",
        [&](auto order) { return launch("atomic_read_plainly", blocks, order, total.data(), copy.data()); });
  found("last_block_without_fence", status::launch_failed, "race", [&](auto order) {
    Array<uint32_t> done(1);
    return launch("last_block_without_fence", blocks, order, ones.data(), copy.data(), done.data(), total.data());
  });
}

void finds_bounds() {
  const Array<float> in = ramp(100);
  Array<float> longer(192);
  Array<float> out(100);
  const Shape tail{{2, 1, 1}, {64, 1, 1}, 0};
  found("global_read_past_end", status::illegal_address, "out of bounds: reads 4 bytes", [&](auto order) {
    return launch("global_read_past_end", tail, order, in.data(), longer.data(), int64_t{100});
  });
  found("global_write_past_end", status::illegal_address, "out of bounds: writes 4 bytes",
        [&](auto order) { return launch("global_write_past_end", tail, order, in.data(), out.data(), int64_t{100}); });
  found("static_shared_past_end", status::illegal_address, "out of bounds: index 64",
        [&](auto order) { return launch("static_shared_past_end", one_block, order, in.data(), longer.data()); });
  found("dynamic_shared_past_end", status::illegal_address, "byte 256 of 256 bytes of dynamic shared", [&](auto order) {
    return launch("dynamic_shared_past_end", Shape{{1, 1, 1}, {64, 1, 1}, 256}, order, in.data(), longer.data());
  });
  found("shared_never_written", status::launch_failed, "no thread of the block has written",
        [&](auto order) { return launch("shared_never_written", one_block, order, in.data(), longer.data()); });
  found("misaligned_load", status::misaligned_address, "misaligned",
        [&](auto order) { return launch("misaligned_load", one_block, order, in.data(), longer.data(), int64_t{1}); });
  auto freed = std::make_unique<Array<float>>(64);
  Array<const float*> table(1, freed->data());
  freed.reset();
  found("use_after_free", status::illegal_address, "out of bounds: reads 4 bytes", [&](auto order) {
    return launch("use_after_free", one_block, order, static_cast<const float* const*>(table.data()), out.data());
  });
}

void mended_twins_are_silent() {
  const Array<float> in = ramp(256);
  Array<float> out(256);
  const Shape blocks{{16, 1, 1}, {64, 1, 1}, 0};
  for (const char* kernel : {"missing_barrier_mended", "missing_syncwarp_mended", "static_shared_past_end_mended"}) {
    silent(kernel, [&](auto order) { return launch(kernel, one_block, order, in.data(), out.data()); });
  }
  silent("missing_second_barrier_mended", [&](auto order) {
    return launch("missing_second_barrier_mended", one_block, order, in.data(), out.data(), int32_t{4});
  });
  silent("dynamic_shared_past_end_mended", [&](auto order) {
    return launch("dynamic_shared_past_end_mended", Shape{{1, 1, 1}, {64, 1, 1}, 256}, order, in.data(), out.data());
  });
  silent("global_read_past_end_mended", [&](auto order) {
    return launch("global_read_past_end_mended", Shape{{2, 1, 1}, {64, 1, 1}, 0}, order, in.data(), out.data(),
                  int64_t{100});
  });
  silent("misaligned_load",
         [&](auto order) { return launch("misaligned_load", one_block, order, in.data(), out.data(), int64_t{4}); });
  silent("divergent_barrier_mended",
         [&](auto order) { return launch("divergent_barrier_mended", one_block, order, out.data()); });
  silent("barrier_after_exit_mended",
         [&](auto order) { return launch("barrier_after_exit_mended", one_block, order, out.data(), int64_t{50}); });
  silent("block_order_mended",
         [&](auto order) { return launch("block_order_mended", blocks, order, in.data(), out.data()); });
  Array<int32_t> copy(64), ones(64, 1);
  silent("last_block_without_fence_mended", [&](auto order) {
    Array<uint32_t> done(1);
    Array<int32_t> total(1);
    auto fault =
        launch("last_block_without_fence_mended", blocks, order, ones.data(), copy.data(), done.data(), total.data());
    CHECK(total[0] == 16);
    return fault;
  });
  silent("lost_update_mended", [&](auto order) {
    Array<int32_t> total(1);
    auto fault = launch("lost_update_mended", blocks, order, total.data());
    CHECK(total[0] == 16 * 64);
    return fault;
  });
  silent("atomic_read_plainly_mended", [&](auto order) {
    Array<int32_t> total(1);
    return launch("atomic_read_plainly_mended", blocks, order, total.data(), copy.data());
  });
}

// Without the checker a race shows as a result that depends on the order.
void orders_expose_races() {
  const Array<float> in = ramp(256);
  const auto differs = [&](const char* kernel, const Shape& shape, auto... more) {
    Array<float> expected(64);
    const std::string mended = std::string(kernel) + "_mended";
    CHECK(!launch(mended.c_str(), shape, 0, in.data(), expected.data(), more...));
    for (const std::uint64_t order : orders) {
      Array<float> out(64);
      CHECK(!launch(kernel, shape, order, in.data(), out.data(), more...));
      if (std::memcmp(out.data(), expected.data(), 64 * sizeof(float)) != 0) {
        return true;
      }
    }
    return false;
  };
  CHECK(differs("missing_barrier", one_block));
  CHECK(differs("missing_syncwarp", one_block));
  CHECK(differs("missing_second_barrier", one_block, int32_t{4}));
  CHECK(differs("block_order", Shape{{16, 1, 1}, {64, 1, 1}, 0}));
}

}  // namespace

int main() {
  finds_in_both_builds();
  finds_freed_parameters();
  mended_twins_are_silent();
  if (checking) {
    finds_races();
    finds_bounds();
  } else {
    orders_expose_races();
  }
  return check::result();
}
