// The emulated cuBLAS against plain loops over columns, written down independently of it.
#include "api.hpp"

using namespace emulator;

namespace {

template <class Number>
DeviceAddress upload(const std::vector<double>& values) {
  const std::vector<Number> narrow(values.begin(), values.end());
  const DeviceAddress address = device_memory(narrow.size() * sizeof(Number));
  CHECK(cuMemcpyHtoD_v2(address, narrow.data(), narrow.size() * sizeof(Number)) == success);
  return address;
}

template <class Number>
std::vector<Number> download(DeviceAddress address, Size count) {
  std::vector<Number> values(count);
  CHECK(cuMemcpyDtoH_v2(values.data(), address, count * sizeof(Number)) == success);
  return values;
}

template <class Number>
Number* at(DeviceAddress address) {
  return reinterpret_cast<Number*>(address);
}

Handle new_handle_on(Handle stream) {
  Handle handle = 0;
  CHECK(cublasCreate_v2(&handle) == 0);
  CHECK(cublasSetStream_v2(handle, stream) == 0);
  return handle;
}

// Rounding of k + 2 operations on numbers below 1 in size, three of them in the scaling.
template <class Number>
double tolerance(int k) {
  return (k + 5) * k * static_cast<double>(std::numeric_limits<Number>::epsilon());
}

template <class Number, class Gemm>
void gemm_agrees(Gemm gemm, int m, int n, int k, bool across_a, bool across_b) {
  const Session session;
  const Handle stream = new_stream(), handle = new_handle_on(stream);
  check::Numbers numbers;
  const int lead_a = (across_a ? k : m) + 1, lead_b = (across_b ? n : k) + 2, lead_c = m + 3;
  const auto a = numbers.take(lead_a * (across_a ? m : k)), b = numbers.take(lead_b * (across_b ? k : n));
  const auto c = numbers.take(lead_c * n);
  const DeviceAddress on_a = upload<Number>(a), on_b = upload<Number>(b), on_c = upload<Number>(c);
  const Number alpha = Number{0.5}, beta = Number{-2};
  CHECK(gemm(handle, across_a, across_b, m, n, k, &alpha, at<Number>(on_a), lead_a, at<Number>(on_b), lead_b, &beta,
             at<Number>(on_c), lead_c) == 0);
  CHECK(cuStreamSynchronize(stream) == success);
  const auto found = download<Number>(on_c, c.size());
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < lead_c; i++) {
      double expected = static_cast<Number>(c[i + j * lead_c]);
      if (i < m) {
        expected *= -2;
        for (int l = 0; l < k; l++) {
          expected += 0.5 * static_cast<Number>(a[across_a ? l + i * lead_a : i + l * lead_a]) *
                      static_cast<Number>(b[across_b ? j + l * lead_b : l + j * lead_b]);
        }
      }
      CHECK_CLOSE(expected, found[i + j * lead_c], i < m ? tolerance<Number>(k) : 0);
    }
  }
  CHECK(cublasDestroy_v2(handle) == 0);
  CHECK(cuStreamDestroy_v2(stream) == success);
  for (const DeviceAddress address : {on_a, on_b, on_c}) {
    CHECK(cuMemFree_v2(address) == success);
  }
}

template <class Number, class Syrk>
void syrk_agrees(Syrk syrk, int n, int k, bool upper, bool across) {
  const Session session;
  const Handle handle = new_handle_on(0);
  check::Numbers numbers;
  const int lead_a = (across ? k : n) + 1, lead_c = n + 2;
  const auto a = numbers.take(lead_a * (across ? n : k)), c = numbers.take(lead_c * n);
  const DeviceAddress on_a = upload<Number>(a), on_c = upload<Number>(c);
  const Number alpha = Number{0.25}, beta = Number{3};
  CHECK(syrk(handle, upper, across, n, k, &alpha, at<Number>(on_a), lead_a, &beta, at<Number>(on_c), lead_c) == 0);
  const auto found = download<Number>(on_c, c.size());
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < n; i++) {
      const bool written = upper ? i <= j : i >= j;
      double expected = static_cast<Number>(c[i + j * lead_c]) * (written ? 3.0 : 1.0);
      for (int l = 0; written && l < k; l++) {
        expected += 0.25 * static_cast<Number>(a[across ? l + i * lead_a : i + l * lead_a]) *
                    static_cast<Number>(a[across ? l + j * lead_a : j + l * lead_a]);
      }
      CHECK_CLOSE(expected, found[i + j * lead_c], written ? tolerance<Number>(k) : 0);
    }
  }
  CHECK(cublasDestroy_v2(handle) == 0);
  CHECK(cuMemFree_v2(on_a) == success);
  CHECK(cuMemFree_v2(on_c) == success);
}

// A beta of 0 does not read what was there: new memory is full of NaN.
void beta_of_zero_overwrites() {
  const Session session;
  const Handle handle = new_handle_on(0);
  const DeviceAddress a = upload<double>({2}), c = device_memory(8);
  const double one = 1, zero = 0;
  CHECK(cublasDsyrk_v2(handle, 0, 0, 1, 1, &one, at<double>(a), 1, &zero, at<double>(c), 1) == 0);
  CHECK(download<double>(c, 1)[0] == 4);
  CHECK(cublasDestroy_v2(handle) == 0);
  CHECK(cuMemFree_v2(a) == success);
  CHECK(cuMemFree_v2(c) == success);
}

void products_wait_in_lazy_mode_and_check_ranges() {
  const Session session;
  CHECK(emulator_set("lazy", 1) == 0);
  const Handle stream = new_stream(), handle = new_handle_on(stream);
  const DeviceAddress a = upload<double>({3}), c = upload<double>({0});
  const double one = 1, zero = 0;
  CHECK(cublasDgemm_v2(handle, 0, 0, 1, 1, 1, &one, at<double>(a), 1, at<double>(a), 1, &zero, at<double>(c), 1) == 0);
  CHECK(*at<double>(c) == 0);
  CHECK(cuStreamSynchronize(stream) == success);
  CHECK(*at<double>(c) == 9);
  CHECK(cublasDgemm_v2(handle, 0, 0, 2, 1, 1, &one, at<double>(a), 2, at<double>(a), 1, &zero, at<double>(c), 2) != 0);
  CHECK(fault_says("cublasDgemm_v2: a: 16 bytes at byte 0 of an allocation of 8 bytes"));
  CHECK(cublasDgemm_v2(handle, 0, 0, 2, 1, 1, &one, at<double>(a), 1, at<double>(a), 1, &zero, at<double>(c), 2) != 0);
  CHECK(cublasSetPointerMode_v2(handle, 0) == 0);
  CHECK(cublasSetPointerMode_v2(handle, 1) != 0);
  CHECK(emulator_count("handles") == 1);
  CHECK(cublasDestroy_v2(handle) == 0);
  CHECK(cublasDestroy_v2(handle) != 0);
  CHECK(emulator_count("handles") == 0);
  CHECK(cuStreamDestroy_v2(stream) == success);
  CHECK(cuMemFree_v2(a) == success);
  CHECK(cuMemFree_v2(c) == success);
}

}  // namespace

int main() {
  for (const bool first : {false, true}) {
    for (const bool second : {false, true}) {
      gemm_agrees<double>(cublasDgemm_v2, 3, 5, 4, first, second);
      gemm_agrees<double>(cublasDgemm_v2, 17, 1, 33, first, second);
      gemm_agrees<float>(cublasSgemm_v2, 3, 5, 4, first, second);
      gemm_agrees<float>(cublasSgemm_v2, 17, 1, 33, first, second);
      syrk_agrees<double>(cublasDsyrk_v2, 4, 7, first, second);
      syrk_agrees<double>(cublasDsyrk_v2, 19, 2, first, second);
      syrk_agrees<float>(cublasSsyrk_v2, 4, 7, first, second);
      syrk_agrees<float>(cublasSsyrk_v2, 19, 2, first, second);
    }
  }
  beta_of_zero_overwrites();
  products_wait_in_lazy_mode_and_check_ranges();
  CHECK(nothing_alive());
  return check::result();
}
