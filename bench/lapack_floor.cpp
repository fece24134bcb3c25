// The linear algebra of measuring a GPT-2-small-shaped model, and nothing else: the Gram matrix of the short side and its
// eigenvalues for every weight matrix, the triangles of both factors and the singular values of their product for every
// head, in double precision, on the BLAS that the engine links, with one BLAS thread per worker. Data are in memory
// before the clock starts. Prints the wall seconds.
//
// usage: lapack_floor THREADS [LAYERS WIDTH HEADS]
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

constexpr int kVocabulary = 50257, kPositions = 1024;

struct Model {
  int layers = 12, width = 768, heads = 12;
  int head() const { return width / heads; }
};

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
  cblas_dsyrk(CblasColMajor, CblasUpper, rows >= columns ? CblasNoTrans : CblasTrans, order, length, 1.0, a, columns,
              0.0, gram.data(), order);
  if (LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'N', 'U', order, gram.data(), order, values.data()) != 0) std::abort();
}

void head_singular_values(const double* a, int width, int head) {
  std::vector<double> left(a, a + width * head), right(a + 1000, a + 1000 + width * head), tau(head), values(head);
  for (auto* factor : {&left, &right}) {
    if (LAPACKE_dgeqrf(LAPACK_COL_MAJOR, width, head, factor->data(), width, tau.data()) != 0) std::abort();
  }
  std::vector<double> core(head * head);
  for (int j = 0; j < head; ++j) std::copy_n(&left[j * width], j + 1, &core[j * head]);
  cblas_dtrmm(CblasColMajor, CblasRight, CblasUpper, CblasTrans, CblasNonUnit, head, head, 1.0, right.data(), width,
              core.data(), head);
  if (LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'N', head, head, core.data(), head, values.data(), nullptr, 1, nullptr, 1) !=
      0) {
    std::abort();
  }
}

std::vector<Task> tasks(const double* data, const Model& model) {
  const int width = model.width, head = model.head();
  std::vector<Task> all;
  auto matrix = [&](int rows, int columns) {
    const double m = std::min(rows, columns), n = std::max(rows, columns);
    all.push_back({m * m * n + 4.0 / 3 * m * m * m, [=] { gram_eigenvalues(data, rows, columns); }});
  };
  matrix(kVocabulary, width);
  matrix(kPositions, width);
  for (int layer = 0; layer < model.layers; ++layer) {
    for (int projection = 0; projection < 4; ++projection) matrix(width, width);
    matrix(width, 4 * width);
    matrix(4 * width, width);
    for (int circuit = 0; circuit < 2 * model.heads; ++circuit) {
      all.push_back({4.0 * width * head * head, [=] { head_singular_values(data, width, head); }});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Task& a, const Task& b) { return a.flops > b.flops; });
  return all;
}

}  // namespace

int main(int count, char** arguments) {
  const int threads = count > 1 ? std::atoi(arguments[1]) : 1;
  Model model;
  if (count > 4) model = {std::atoi(arguments[2]), std::atoi(arguments[3]), std::atoi(arguments[4])};
  openblas_set_num_threads(1);
  const std::vector<double> data = normals(static_cast<size_t>(kVocabulary) * model.width);
  const std::vector<Task> work = tasks(data.data(), model);
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
