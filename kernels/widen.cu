// Conversion of packed elements to float or double: target[i] = source[i] for `count` elements.
//
// Geometry: one dimension of blocks and threads, any size; each thread takes every (blocks·threads)-th vector. The wider
// side of a conversion moves 16 bytes a thread, so that a warp's access is whole lines on both sides; elements that do
// not fill a vector, and buffers that do not lie on vectors, go one by one.
// Floor: one read of the source, one write of the target; at most 6 integer and 1 floating-point operation an element.
// Exact, except rounding to nearest even where the target cannot hold the value: 64-bit integers, 32-bit ones to float,
// F64 to float. Signed zeros, subnormals, infinities and NaN are kept. No tables: 256 values read at random conflict in
// shared memory and in the constant cache alike.
//   cost widen_{u8,i8,f8_e5m2,f8_e4m3,f8_e8m0,f8_e4m3fnuz,f8_e5m2fnuz}_f32: count=2^28; bytes=5*count; block=256
//   cost widen_{u8,i8,f8_e5m2,f8_e4m3,f8_e8m0,f8_e4m3fnuz,f8_e5m2fnuz}_f64: count=2^28; bytes=9*count; block=256
//   cost widen_{i16,u16,f16,bf16}_f32: count=2^28; bytes=6*count; block=256
//   cost widen_{i16,u16,f16,bf16}_f64: count=2^28; bytes=10*count; block=256
//   cost widen_{i32,u32}_f32: count=2^28; bytes=8*count; block=256
//   cost widen_{i32,u32,f32}_f64: count=2^28; bytes=12*count; block=256
//   cost widen_{i64,u64,f64}_f32: count=2^28; bytes=12*count; block=256
//   cost widen_{i64,u64}_f64: count=2^28; bytes=16*count; block=256
#include "kernel.cuh"

namespace widening {

template <class Element, int width>
struct alignas(sizeof(Element) * width) Vector {
  Element at[width];
};

template <class Number>
__device__ __forceinline__ Number plain(Number number) {
  return number;
}

// A magnitude of fewer bits, moved to float's place: the exponents differ by a factor, exact for subnormals too.
template <int mantissa_bits, int bias>
__device__ __forceinline__ float moved(uint32_t magnitude) {
  constexpr uint32_t factor = static_cast<uint32_t>(127 - bias + 127) << 23;
  return __uint_as_float(magnitude << (23 - mantissa_bits)) * __uint_as_float(factor);
}

__device__ __forceinline__ float with_sign(float magnitude, uint32_t special, uint32_t sign) {
  return __uint_as_float(__float_as_uint(magnitude) | special | sign << 31);
}

constexpr uint32_t infinite = 0x7f800000u;
constexpr uint32_t not_a_number = 0x7fc00000u;

__device__ __forceinline__ float f16(uint16_t bits) {
  const uint32_t magnitude = bits & 0x7fffu;
  return with_sign(moved<10, 15>(magnitude), magnitude >= 0x7c00u ? infinite : 0u, bits >> 15);
}

__device__ __forceinline__ float bf16(uint16_t bits) { return __uint_as_float(static_cast<uint32_t>(bits) << 16); }

__device__ __forceinline__ float f8_e5m2(uint8_t code) { return f16(static_cast<uint16_t>(code << 8)); }

// No infinities; all ones are NaN.
__device__ __forceinline__ float f8_e4m3(uint8_t code) {
  const uint32_t magnitude = code & 0x7fu;
  return with_sign(moved<3, 7>(magnitude), magnitude == 0x7fu ? not_a_number : 0u, code >> 7);
}

// FNUZ: no infinities, no −0; its code is the NaN.
__device__ __forceinline__ float f8_e4m3fnuz(uint8_t code) {
  return with_sign(moved<3, 8>(code & 0x7fu), code == 0x80u ? not_a_number : 0u, code >> 7);
}

__device__ __forceinline__ float f8_e5m2fnuz(uint8_t code) {
  return with_sign(moved<2, 16>(code & 0x7fu), code == 0x80u ? not_a_number : 0u, code >> 7);
}

// 2^(code − 127); the lowest is a subnormal float.
__device__ __forceinline__ float f8_e8m0(uint8_t code) {
  const uint32_t power = code == 0u ? 0x00400000u : static_cast<uint32_t>(code) << 23;
  return __uint_as_float(code == 0xffu ? not_a_number : power);
}

template <class Pointee>
__device__ __forceinline__ bool lies_on_vectors(const Pointee* address) {
  return reinterpret_cast<uintptr_t>(address) % alignof(Pointee) == 0;
}

template <auto value, class Source, class Target>
__device__ __forceinline__ void widen(const Source* __restrict__ source, Target* __restrict__ target, int64_t count) {
  constexpr int width = 16 / (sizeof(Source) > sizeof(Target) ? sizeof(Source) : sizeof(Target));
  const auto* sources = reinterpret_cast<const Vector<Source, width>*>(source);
  auto* targets = reinterpret_cast<Vector<Target, width>*>(target);
  const int64_t thread = static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  const int64_t threads = static_cast<int64_t>(gridDim.x) * blockDim.x;
  const int64_t vectors = lies_on_vectors(sources) && lies_on_vectors(targets) ? count / width : 0;
#pragma unroll 4
  for (int64_t v = thread; v < vectors; v += threads) {
    const Vector<Source, width> from = sources[v];
    Vector<Target, width> to;
#pragma unroll
    for (int i = 0; i < width; i++) {
      to.at[i] = static_cast<Target>(value(from.at[i]));
    }
    targets[v] = to;
  }
  for (int64_t i = vectors * width + thread; i < count; i += threads) {
    target[i] = static_cast<Target>(value(source[i]));
  }
}

}  // namespace widening

#define WIDEN_TO(type, suffix, Target, Source, value)                                                       \
  extern "C" __global__ void widen_##type##_##suffix(const Source* source, Target* target, int64_t count) { \
    widening::widen<widening::value>(source, target, count);                                                \
  }                                                                                                         \
  SCALEINV_KERNEL(widen_##type##_##suffix);

#define WIDEN(type, Source, value)          \
  WIDEN_TO(type, f32, float, Source, value) \
  WIDEN_TO(type, f64, double, Source, value)

WIDEN(u8, uint8_t, plain<uint8_t>)
WIDEN(i8, int8_t, plain<int8_t>)
WIDEN(f8_e5m2, uint8_t, f8_e5m2)
WIDEN(f8_e4m3, uint8_t, f8_e4m3)
WIDEN(f8_e8m0, uint8_t, f8_e8m0)
WIDEN(f8_e4m3fnuz, uint8_t, f8_e4m3fnuz)
WIDEN(f8_e5m2fnuz, uint8_t, f8_e5m2fnuz)
WIDEN(i16, int16_t, plain<int16_t>)
WIDEN(u16, uint16_t, plain<uint16_t>)
WIDEN(f16, uint16_t, f16)
WIDEN(bf16, uint16_t, bf16)
WIDEN(i32, int32_t, plain<int32_t>)
WIDEN(u32, uint32_t, plain<uint32_t>)
WIDEN(i64, int64_t, plain<int64_t>)
WIDEN(u64, uint64_t, plain<uint64_t>)
WIDEN_TO(f32, f64, double, float, plain<float>)
WIDEN_TO(f64, f32, float, double, plain<double>)
