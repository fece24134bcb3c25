// The linear algebra of measuring a GPT-2-small-shaped model, and nothing else: the Gram matrix of the short side and its
// eigenvalues for every weight matrix, the triangles of both factors and the singular values of their product for every
// head, in double precision, on the BLAS that the engine links, with one BLAS thread per worker. Data are in memory
// before the clock starts. Prints the wall seconds.
//
// usage: lapack_floor THREADS
#include <cblas.h>
#include <lapacke.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <thread>
#include <vector>

namespace {

constexpr int kLayers = 12, kWidth = 768, kHeads = 12, kHead = kWidth / kHeads;
constexpr int kVocabulary = 50257, kPositions = 1024;

struct Task {
  double flops;
  std::function<void()> run;
};

// Independent normal numbers; every task reads a window of the same block, so that the block and not the generator is
// what memory holds.
std::vector<double> normals(size_t count) {
  std::vector<double> block(count);
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal(0.0, 0.02);
  const size_t fresh = std::min<size_t>(count, 1 << 22);
  for (size_t i = 0; i < fresh; ++i) block[i] = normal(random);
  for (size_t i = fresh; i < count; ++i) block[i] = block[i - fresh] + 1e-3 * block[(i * 7) % fresh];
  return block;
}

void gram_eigenvalues(const double* a, int rows, int columns) {
  const int order = std::min(rows, columns), length = std::max(rows, columns);
  std::vector<double> gram(static_cast<size_t>(order) * order), values(order);
  // row-major (rows, columns) is column-major (columns, rows)
  cblas_dsyrk(CblasColMajor, CblasUpper, rows >= columns ? CblasNoTrans : CblasTrans, order, length, 1.0, a, columns, 0.0,
              gram.data(), order);
  if (LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'N', 'U', order, gram.data(), order, values.data()) != 0) std::abort();
}

void head_singular_values(const double* a) {
  std::vector<double> left(a, a + kWidth * kHead), right(a + 1000, a + 1000 + kWidth * kHead), tau(kHead), values(kHead);
  for (auto* factor : {&left, &right}) {
    if (LAPACKE_dgeqrf(LAPACK_COL_MAJOR, kWidth, kHead, factor->data(), kWidth, tau.data()) != 0) std::abort();
  }
  std::vector<double> core(kHead * kHead);
  for (int j = 0; j < kHead; ++j) std::copy_n(&left[j * kWidth], j + 1, &core[j * kHead]);
  cblas_dtrmm(CblasColMajor, CblasRight, CblasUpper, CblasTrans, CblasNonUnit, kHead, kHead, 1.0, right.data(), kWidth,
              core.data(), kHead);
  if (LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'N', kHead, kHead, core.data(), kHead, values.data(), nullptr, 1, nullptr, 1) != 0) {
    std::abort();
  }
}

std::vector<Task> tasks(const double* data) {
  std::vector<Task> all;
  auto matrix = [&](int rows, int columns) {
    const double m = std::min(rows, columns), n = std::max(rows, columns);
    all.push_back({m * m * n + 4.0 / 3 * m * m * m, [=] { gram_eigenvalues(data, rows, columns); }});
  };
  matrix(kVocabulary, kWidth);
  matrix(kPositions, kWidth);
  for (int layer = 0; layer < kLayers; ++layer) {
    for (int projection = 0; projection < 4; ++projection) matrix(kWidth, kWidth);
    matrix(kWidth, 4 * kWidth);
    matrix(4 * kWidth, kWidth);
    for (int circuit = 0; circuit < 2 * kHeads; ++circuit) {
      all.push_back({4.0 * kWidth * kHead * kHead, [=] { head_singular_values(data); }});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Task& a, const Task& b) { return a.flops > b.flops; });
  return all;
}

}  // namespace

int main(int count, char** arguments) {
  const int threads = count > 1 ? std::atoi(arguments[1]) : 1;
  openblas_set_num_threads(1);
  const std::vector<double> data = normals(static_cast<size_t>(kVocabulary) * kWidth);
  const std::vector<Task> work = tasks(data.data());
  std::atomic<size_t> next{0};
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      for (size_t t = next++; t < work.size(); t = next++) work[t].run();
    });
  }
  for (auto& worker : workers) worker.join();
  std::printf("%.3f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}
