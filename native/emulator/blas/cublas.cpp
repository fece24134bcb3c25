// The few functions of cuBLAS that the engine may call; scalars lie on the host.
#include <algorithm>
#include <map>
#include <mutex>

#include "../driver/blas_link.hpp"
#include "products.hpp"

namespace emulator {
namespace {

// cublasStatus_t
enum BlasStatus : int {
  blas_success = 0,
  blas_not_initialized = 1,
  blas_invalid_value = 7,
  blas_execution_failed = 13,
  blas_not_supported = 15,
};

constexpr int version = 120600;
constexpr int pointer_mode_host = 0;
// cublasOperation_t, of which a conjugate transpose is a transpose for real numbers; cublasFillMode_t
constexpr int no_transpose = 0, conjugate_transpose = 2, fill_lower = 0, fill_upper = 1;

struct BlasHandle {
  Handle stream = legacy_stream;
  int math_mode = 0;
};

std::map<Handle, BlasHandle>& handles() {
  static auto* const alive = new std::map<Handle, BlasHandle>;
  return *alive;
}

struct BlasMisuse {
  int status;
  std::string what;
};

void require(bool condition, int status, const char* what) {
  if (!condition) {
    throw BlasMisuse{status, what};
  }
}

BlasHandle& alive(Handle handle) {
  const auto found = handles().find(handle);
  require(found != handles().end(), blas_not_initialized, "not a living handle");
  return found->second;
}

template <class Body>
int call(const char* function, Body&& body) noexcept {
  const std::lock_guard lock(driver_lock());
  if (const std::optional<int> planned = begin_call(function)) {
    return *planned;
  }
  try {
    body();
    return blas_success;
  } catch (const BlasMisuse& misuse) {
    note_fault(std::string(function) + ": " + misuse.what);
    return misuse.status;
  }
}

// A matrix as it lies: `rows` of each column are used.
template <class Number>
struct Operand {
  const Number* elements;
  std::int64_t rows, columns, lead;

  std::size_t bytes() const {
    return rows == 0 || columns == 0 ? 0 : static_cast<std::size_t>((columns - 1) * lead + rows) * sizeof(Number);
  }

  std::string complaint(const char* name) const {
    const std::string wrong = outside_device_memory(elements, bytes());
    return wrong.empty() ? "" : std::string(name) + ": " + wrong;
  }

  void check(const char* name) const {
    require(rows >= 0 && columns >= 0, blas_invalid_value, "a negative size");
    require(lead >= std::max<std::int64_t>(1, rows), blas_invalid_value, "a leading dimension below the rows");
    if (const std::string wrong = complaint(name); !wrong.empty()) {
      throw BlasMisuse{blas_execution_failed, wrong};
    }
  }
};

// Puts a product on the handle's stream; what it works on is looked at now and again when it runs.
template <class Number>
void put(const char* function, Handle handle, Operand<Number> a, Operand<Number> b, Operand<Number> c,
         std::function<void()> product) {
  a.check("a");
  b.check("b");
  c.check("c");
  const bool put = put_on_stream(alive(handle).stream, [=]() -> std::optional<Fault> {
    const std::string wrong = a.complaint("a") + b.complaint("b") + c.complaint("c");
    if (!wrong.empty()) {
      return Fault{illegal_address, std::string(function) + ": " + wrong + " any more when it runs"};
    }
    product();
    return std::nullopt;
  });
  require(put, blas_execution_failed, "no context that serves, or a stream that is not alive");
}

template <class Number>
int gemm(const char* function, Handle handle, int transpose_a, int transpose_b, std::int64_t m, std::int64_t n,
         std::int64_t k, const Number* alpha, const Number* a, std::int64_t lead_a, const Number* b,
         std::int64_t lead_b, const Number* beta, Number* c, std::int64_t lead_c) {
  return call(function, [&] {
    alive(handle);
    require(transpose_a >= no_transpose && transpose_a <= conjugate_transpose && transpose_b >= no_transpose &&
                transpose_b <= conjugate_transpose,
            blas_invalid_value, "an unknown operation");
    require(alpha != nullptr && beta != nullptr, blas_invalid_value, "a null pointer to a scalar");
    const bool across_a = transpose_a != no_transpose, across_b = transpose_b != no_transpose;
    const Operand<Number> of_a{a, across_a ? k : m, across_a ? m : k, lead_a};
    const Operand<Number> of_b{b, across_b ? n : k, across_b ? k : n, lead_b};
    put(function, handle, of_a, of_b, Operand<Number>{c, m, n, lead_c}, [=, alpha = *alpha, beta = *beta] {
      multiply<Number>(m, n, k, alpha, {a, lead_a, across_a}, {b, lead_b, across_b}, beta, {c, lead_c});
    });
  });
}

template <class Number>
int syrk(const char* function, Handle handle, int fill, int transpose, std::int64_t n, std::int64_t k,
         const Number* alpha, const Number* a, std::int64_t lead_a, const Number* beta, Number* c,
         std::int64_t lead_c) {
  return call(function, [&] {
    alive(handle);
    require(fill == fill_lower || fill == fill_upper, blas_invalid_value, "an unknown triangle");
    require(transpose >= no_transpose && transpose <= conjugate_transpose, blas_invalid_value, "an unknown operation");
    require(alpha != nullptr && beta != nullptr, blas_invalid_value, "a null pointer to a scalar");
    const bool across = transpose != no_transpose;
    const Operand<Number> of_a{a, across ? k : n, across ? n : k, lead_a};
    put(function, handle, of_a, of_a, Operand<Number>{c, n, n, lead_c}, [=, alpha = *alpha, beta = *beta] {
      update_symmetric<Number>(fill == fill_lower, n, k, alpha, {a, lead_a, across}, beta, {c, lead_c});
    });
  });
}

}  // namespace

EMULATED(cublasCreate_v2, Handle* handle) {
  return call(__func__, [&] {
    require(handle != nullptr, blas_invalid_value, "a null pointer to the handle");
    require(has_usable_context(), blas_not_initialized, "no context that serves");
    static Handle last = 0xb1a5000;
    *handle = last += 16;
    handles()[*handle] = {};
    count_blas_handles(+1);
  });
}

EMULATED(cublasDestroy_v2, Handle handle) {
  return call(__func__, [&] {
    alive(handle);
    handles().erase(handle);
    count_blas_handles(-1);
  });
}

EMULATED(cublasGetVersion_v2, Handle handle, int* answer) {
  return call(__func__, [&] {
    alive(handle);
    require(answer != nullptr, blas_invalid_value, "a null pointer to the version");
    *answer = version;
  });
}

// libraryPropertyType: major, minor, patch
EMULATED(cublasGetProperty, int property, int* value) {
  return call(__func__, [&] {
    require(property >= 0 && property <= 2 && value != nullptr, blas_invalid_value, "an unknown property");
    *value = property == 0 ? version / 10000 : property == 1 ? version / 100 % 100 : version % 100;
  });
}

EMULATED(cublasSetStream_v2, Handle handle, Handle stream) {
  return call(__func__, [&] { alive(handle).stream = stream; });
}

EMULATED(cublasGetStream_v2, Handle handle, Handle* stream) {
  return call(__func__, [&] {
    require(stream != nullptr, blas_invalid_value, "a null pointer to the stream");
    *stream = alive(handle).stream;
  });
}

EMULATED(cublasSetPointerMode_v2, Handle handle, int mode) {
  return call(__func__, [&] {
    alive(handle);
    require(mode == pointer_mode_host, blas_not_supported, "scalars on the device, which is not emulated");
  });
}

EMULATED(cublasSetMathMode, Handle handle, int mode) {
  return call(__func__, [&] { alive(handle).math_mode = mode; });
}

EMULATED(cublasGetMathMode, Handle handle, int* mode) {
  return call(__func__, [&] {
    require(mode != nullptr, blas_invalid_value, "a null pointer to the mode");
    *mode = alive(handle).math_mode;
  });
}

EMULATED(cublasSgemm_v2, Handle handle, int transpose_a, int transpose_b, int m, int n, int k, const float* alpha,
         const float* a, int lead_a, const float* b, int lead_b, const float* beta, float* c, int lead_c) {
  return gemm(__func__, handle, transpose_a, transpose_b, m, n, k, alpha, a, lead_a, b, lead_b, beta, c, lead_c);
}

EMULATED(cublasDgemm_v2, Handle handle, int transpose_a, int transpose_b, int m, int n, int k, const double* alpha,
         const double* a, int lead_a, const double* b, int lead_b, const double* beta, double* c, int lead_c) {
  return gemm(__func__, handle, transpose_a, transpose_b, m, n, k, alpha, a, lead_a, b, lead_b, beta, c, lead_c);
}

EMULATED(cublasSsyrk_v2, Handle handle, int fill, int transpose, int n, int k, const float* alpha, const float* a,
         int lead_a, const float* beta, float* c, int lead_c) {
  return syrk(__func__, handle, fill, transpose, n, k, alpha, a, lead_a, beta, c, lead_c);
}

EMULATED(cublasDsyrk_v2, Handle handle, int fill, int transpose, int n, int k, const double* alpha, const double* a,
         int lead_a, const double* beta, double* c, int lead_c) {
  return syrk(__func__, handle, fill, transpose, n, k, alpha, a, lead_a, beta, c, lead_c);
}

}  // namespace emulator
