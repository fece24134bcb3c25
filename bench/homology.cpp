// Persistent homology by the engine's native code, from a file in a format of Ripser's to diagrams in Ripser's form on standard
// output. The whole way is gone again and again until half a second of processor time has passed; standard error gets the
// median of its seconds, the engine's peak allocation in KB, and its edges, edges after a collapse, columns and additions.
//
// usage: homology binary|sparse FILE DIMENSION THRESHOLD|- [THREADS]
#include <scaleinv.h>
#include <scaleinv_homology.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr double kSeconds = 0.5;
constexpr size_t kMostRounds = 200;

struct Request {
  std::string format, file;
  int dimension;
  float threshold;
  int threads;
};

[[noreturn]] void fail(const std::string& reason) {
  std::fprintf(stderr, "homology: %s\n", reason.c_str());
  std::exit(1);
}

void require(int status) {
  if (status != 0) fail(scaleinv_last_error());
}

double processor_time() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

template <typename T>
std::vector<T> contents(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) fail("cannot open " + path);
  std::fseek(file, 0, SEEK_END);
  std::vector<T> values(std::ftell(file) / sizeof(T));
  std::rewind(file);
  if (std::fread(values.data(), sizeof(T), values.size(), file) != values.size()) fail("cannot read " + path);
  std::fclose(file);
  return values;
}

// All distances, from the strict lower triangle; in blocks, so that both triangles stay in the cache.
std::vector<float> square(const std::vector<float>& lower, int64_t n) {
  constexpr int64_t kSide = 64;
  std::vector<float> all(n * n);
  for (int64_t rows = 0; rows < n; rows += kSide) {
    for (int64_t columns = 0; columns <= rows; columns += kSide) {
      for (int64_t i = rows; i < std::min(n, rows + kSide); ++i) {
        for (int64_t j = columns; j < std::min(i, columns + kSide); ++j) {
          all[i * n + j] = all[j * n + i] = lower[i * (i - 1) / 2 + j];
        }
      }
    }
  }
  return all;
}

void* dense(const Request& request) {
  std::vector<float> lower = contents<float>(request.file);
  const int64_t n = std::llround((1 + std::sqrt(1 + 8.0 * lower.size())) / 2);
  const std::vector<float> all = square(lower, n);
  std::vector<float>().swap(lower);
  void* homology = nullptr;
  require(scaleinv_homology_dense(all.data(), n, nullptr, nullptr, request.dimension, 2, request.threshold, 0, 0,
                                  request.threads, nullptr, nullptr, &homology));
  return homology;
}

struct Pair {
  int32_t point, partner;
  float length;
};

std::vector<Pair> triplets(const std::string& path) {
  const std::vector<char> text = contents<char>(path);
  std::vector<Pair> pairs;
  const char* at = text.data();
  const char* const end = at + text.size();
  auto number = [&](auto& value) {
    while (at < end && (*at == ' ' || *at == '\n')) ++at;
    const auto [next, error] = std::from_chars(at, end, value);
    if (at < end && error != std::errc()) fail("no number in " + path);
    at = next;
  };
  while (at < end) {
    Pair pair{};
    number(pair.point);
    if (at == end) break;
    number(pair.partner);
    number(pair.length);
    if (pair.point > pair.partner) std::swap(pair.point, pair.partner);
    pairs.push_back(pair);
    while (at < end && *at == '\n') ++at;
  }
  return pairs;
}

void* sparse(const Request& request) {
  std::vector<Pair> pairs = triplets(request.file);
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return a.point != b.point ? a.point < b.point : a.partner < b.partner;
  });
  int32_t last = -1;
  for (const Pair& pair : pairs) last = std::max(last, pair.partner);
  std::vector<int64_t> offsets(last + 2);
  std::vector<int32_t> partners;
  std::vector<float> lengths;
  partners.reserve(pairs.size());
  lengths.reserve(pairs.size());
  for (const Pair& pair : pairs) {
    ++offsets[pair.point + 1];
    partners.push_back(pair.partner);
    lengths.push_back(pair.length);
  }
  for (int32_t i = 0; i <= last; ++i) offsets[i + 1] += offsets[i];
  std::vector<Pair>().swap(pairs);
  void* homology = nullptr;
  require(scaleinv_homology_sparse(last + 1, offsets.data(), partners.data(), lengths.data(), request.dimension, 2,
                                   request.threshold, 0, 0, request.threads, nullptr, nullptr, &homology));
  return homology;
}

std::string barcodes(const void* homology, int dimension) {
  std::string text;
  char line[64];
  for (int k = 0; k <= dimension; ++k) {
    std::snprintf(line, sizeof line, "persistence intervals in dim %d:\n", k);
    text += line;
    std::vector<float> pairs(2 * scaleinv_homology_pairs(homology, k));
    require(scaleinv_homology_diagram(homology, k, pairs.data()));
    for (size_t i = 0; i < pairs.size(); i += 2) {
      std::snprintf(line, sizeof line, std::isinf(pairs[i + 1]) ? " [%g, )\n" : " [%g,%g)\n", pairs[i], pairs[i + 1]);
      text += line;
    }
  }
  return text;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) fail("usage: homology binary|sparse FILE DIMENSION THRESHOLD|- [THREADS]");
  Request request{arguments[1], arguments[2], std::atoi(arguments[3]), NAN, count > 5 ? std::atoi(arguments[5]) : 1};
  if (std::string_view(arguments[4]) != "-") request.threshold = std::strtof(arguments[4], nullptr);

  std::vector<double> seconds;
  std::string text;
  int64_t figures[5] = {};
  for (double total = 0; seconds.empty() || (total < kSeconds && seconds.size() < kMostRounds); total += seconds.back()) {
    const double begin = processor_time();
    void* homology = request.format == "sparse" ? sparse(request) : dense(request);
    text = barcodes(homology, request.dimension);
    for (int figure = 0; figure < 5; ++figure) figures[figure] = scaleinv_homology_figure(homology, figure);
    scaleinv_homology_release(homology);
    seconds.push_back(processor_time() - begin);
  }
  std::nth_element(seconds.begin(), seconds.begin() + seconds.size() / 2, seconds.end());
  std::fputs(text.c_str(), stdout);
  std::fprintf(stderr, "%.6f %lld %lld %lld %lld %lld\n", seconds[seconds.size() / 2],
               static_cast<long long>(figures[0] / 1024), static_cast<long long>(figures[1]),
               static_cast<long long>(figures[2]), static_cast<long long>(figures[3]),
               static_cast<long long>(figures[4]));
}
