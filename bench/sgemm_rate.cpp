// What the processor does at best: every worker its own single-precision product of two square matrices, one BLAS thread
// each, on the BLAS that the engine links. Prints GFLOP/s of all workers together, the median of five rounds.
//
// usage: sgemm_rate WORKERS [ORDER]
#include <cblas.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

struct Product {
  explicit Product(int order) : order(order), left(size()), right(size()), result(size()) {
    for (size_t i = 0; i < size(); ++i) {
      left[i] = static_cast<float>(i % 7) - 3;
      right[i] = static_cast<float>(i % 5) - 2;
    }
  }

  size_t size() const { return static_cast<size_t>(order) * order; }

  void run() {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, order, order, order, 1, left.data(), order, right.data(),
                order, 0, result.data(), order);
  }

  // Small whole numbers: the product is exact.
  bool right_answer() const {
    for (int at : {0, order / 2, order - 1}) {
      double expected = 0;
      for (int k = 0; k < order; ++k) {
        expected += static_cast<double>(left[static_cast<size_t>(at) * order + k]) * right[static_cast<size_t>(k)];
      }
      if (expected != result[static_cast<size_t>(at) * order]) return false;
    }
    return true;
  }

  int order;
  std::vector<float> left, right, result;
};

double seconds(std::vector<Product>& products) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> workers;
  for (Product& product : products) workers.emplace_back([&] { product.run(); });
  for (std::thread& worker : workers) worker.join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

int main(int count, char** arguments) {
  const int workers = count > 1 ? std::atoi(arguments[1]) : 1;
  const int order = count > 2 ? std::atoi(arguments[2]) : 2048;
  openblas_set_num_threads(1);
  std::vector<Product> products(static_cast<size_t>(workers), Product(order));
  seconds(products);
  std::vector<double> rounds;
  for (int i = 0; i < 5; ++i) rounds.push_back(seconds(products));
  for (const Product& product : products) {
    if (!product.right_answer()) {
      std::fprintf(stderr, "sgemm_rate: a wrong product\n");
      return 1;
    }
  }
  std::sort(rounds.begin(), rounds.end());
  std::printf("%.1f\n", 2e-9 * workers * std::pow(order, 3) / rounds[2]);
}
