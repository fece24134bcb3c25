// Persistent homology by several threads, cancelled, and within limits of memory. Some parts are asked for directly, since
// through the ABI only large inputs reach them.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "homology/collapse.hpp"
#include "homology/crew.hpp"
#include "homology_inputs.hpp"

namespace {

using namespace inputs;
using namespace scaleinv::homology;

void threads() {
  const Matrix matrix = large();
  for (const int32_t dimension : {1, 2, 3}) {
    for (const int64_t flags : {0, 1, 4}) {
      Asked asked;
      asked.dimension = dimension;
      asked.flags = flags;
      asked.threshold = dimension == 3 ? 0.5f : none;
      const Found one = matrix.homology(asked);
      const Lists lists = matrix.lists(one.threshold);
      for (asked.threads = 2; asked.threads <= 3; asked.threads++) {
        CHECK(matrix.homology(asked) == one);
        CHECK(lists.homology(asked) == one);
      }
    }
  }
}

// Every index of every round once, and by more than one thread: the first of a round waits until another is at work.
void crew() {
  constexpr int64_t rounds = 200;
  constexpr int64_t count = 7;
  std::atomic<int64_t> calls[count] = {};
  std::atomic<int32_t> at_work{0};
  auto work = [&](int32_t thread, int64_t index) {
    CHECK(thread >= 0 && thread < 3);
    calls[index]++;
    at_work++;
    while (at_work < 2) {
      std::this_thread::yield();
    }
  };
  Crew<decltype(work)> three(3, work);
  for (int64_t round = 0; round < rounds; round++) {
    at_work = 0;
    three.run(count);
  }
  for (const auto& of_index : calls) {
    CHECK(of_index == rounds);
  }
}

Edges edges_of(const Matrix& matrix, float threshold, Account& account) {
  return dense_edges(matrix.values.data(), static_cast<int32_t>(matrix.points), threshold, account);
}

// The collapse itself by several threads, which through the ABI only large inputs reach; rows and lists.
void collapse_by_threads() {
  for (const auto& [points, threshold] : {std::pair{160, 3.0f}, std::pair{500, 0.25f}}) {
    const Matrix matrix = large(points);
    Account account(0);
    Watch watch(nullptr, nullptr);
    const Request request{2, 2, none, SCALEINV_HOMOLOGY_COLLAPSE, 1, &account, &watch};
    Edges one = edges_of(matrix, threshold, account);
    const uint32_t all = one.size();
    CHECK((int64_t{points} * points <= 12 * int64_t{all}) == (points == 160));
    CHECK(collapse_threads(one, 3) == 1);
    CHECK(collapse(one, request, 1));
    CHECK(one.size() < all);
    for (int32_t threads = 2; threads <= 3; threads++) {
      Edges left = edges_of(matrix, threshold, account);
      CHECK(collapse(left, request, threads));
      CHECK(left.lengths == one.lengths);
      CHECK(left.size() == one.size() &&
            std::memcmp(left.ends.data(), one.ends.data(), one.size() * sizeof(Edge)) == 0);
    }
  }
}

void two_at_once() {
  const Matrix first = large();
  const Lists second = large(200).lists(0.5f);
  Asked asked;
  asked.threads = 2;
  const Found alone[2] = {first.homology(asked), second.homology(asked)};
  Found together[2];
  {
    std::jthread other([&] { together[0] = first.homology(asked); });
    together[1] = second.homology(asked);
  }
  CHECK(together[0] == alone[0]);
  CHECK(together[1] == alone[1]);
}

// Ends a computation when it is called for the context's time.
int32_t end_when_due(void* context, int32_t, int64_t done, int64_t total) {
  CHECK(done <= total);
  return --*static_cast<int32_t*>(context) == 0 ? 1 : 0;
}

void cancellation() {
  const Matrix matrix = large();
  for (const int64_t flags : {SCALEINV_HOMOLOGY_COLLAPSE, SCALEINV_HOMOLOGY_NO_COLLAPSE}) {
    // the second call comes from the collapse, or from the reduction
    for (const int32_t due : {1, 2}) {
      Asked asked;
      asked.threshold = 0.75f;
      asked.flags = flags | SCALEINV_HOMOLOGY_NO_APPARENT;
      asked.threads = 2;
      int32_t left = due;
      CHECK(matrix.homology(asked, end_when_due, &left).status == SCALEINV_CANCELLED);
      left = due;
      CHECK(matrix.lists(1).homology(asked, end_when_due, &left).status == SCALEINV_CANCELLED);
    }
  }
}

// The ABI's bytes are sure to be needed, and a limit holds wherever it is reached.
template <class Input>
void limits(const Input& input, int64_t points, int64_t edges, bool sparse, Asked asked) {
  const Found whole = input.homology(asked);
  CHECK(whole.status == SCALEINV_OK);
  int64_t sure = 0;
  CHECK(scaleinv_homology_bytes(points, edges, sparse ? 1 : 0, asked.dimension, asked.flags, &sure) == SCALEINV_OK);
  CHECK(input.bytes() + sure <= whole.peak);
  CHECK(sure > 0);
  asked.limit = whole.peak;
  CHECK(input.homology(asked) == whole);
  for (int64_t part = 0; part < 40; part++) {
    asked.limit = std::max<int64_t>(1, whole.peak * part / 40);
    for (asked.threads = 1; asked.threads <= 3; asked.threads += 2) {
      CHECK(input.homology(asked).status == SCALEINV_OUT_OF_MEMORY);
      CHECK(std::string(scaleinv_last_error()).find("bytes") != std::string::npos);
    }
  }
  asked.threads = 1;
  asked.limit = input.bytes() + sure - 1;
  CHECK(input.homology(asked).status == SCALEINV_OUT_OF_MEMORY);
}

void memory() {
  const Matrix matrix = large(128);
  for (const int32_t dimension : {0, 1, 2}) {
    for (const int64_t flags : {0, 1, 2, 4}) {
      Asked asked;
      asked.dimension = dimension;
      asked.flags = flags;
      asked.threshold = 1;
      const Lists lists = matrix.lists(1);
      const auto edges = static_cast<int64_t>(lists.partners.size());
      limits(matrix, matrix.points, edges, false, asked);
      limits(lists, matrix.points, edges, true, asked);
    }
  }
  // lists in the collapse as well
  const Lists few = large(400).lists(0.25f);
  limits(few, 400, static_cast<int64_t>(few.partners.size()), true, Asked{});
  int64_t bytes = 0;
  CHECK(scaleinv_homology_bytes(INT32_MAX, INT64_MAX, 0, 2, 0, &bytes) == SCALEINV_OK && bytes == INT64_MAX);
  CHECK(scaleinv_homology_bytes(INT32_MAX, INT64_MAX / 64, 0, 2, 0, &bytes) == SCALEINV_OK && bytes > 0);
  CHECK(scaleinv_homology_bytes(INT32_MAX, 9, 0, 2, 4, &bytes) == SCALEINV_OK && bytes == INT64_MAX);
}

}  // namespace

int main() {
  threads();
  crew();
  collapse_by_threads();
  two_at_once();
  cancellation();
  memory();
  return check::result();
}
