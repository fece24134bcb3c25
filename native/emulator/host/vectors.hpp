#pragma once

// CUDA's vector types with CUDA's alignment, which is what lets a float4 be read in one access.
#define SCALEINV_VECTORS(element, name, align2, align4)                                \
  struct alignas(align2) name##2 {                                                     \
    element x, y;                                                                      \
  };                                                                                   \
  struct name##3 {                                                                     \
    element x, y, z;                                                                   \
  };                                                                                   \
  struct alignas(align4) name##4 {                                                     \
    element x, y, z, w;                                                                \
  };                                                                                   \
  inline name##2 make_##name##2(element x, element y) { return {x, y}; }               \
  inline name##3 make_##name##3(element x, element y, element z) { return {x, y, z}; } \
  inline name##4 make_##name##4(element x, element y, element z, element w) { return {x, y, z, w}; }

SCALEINV_VECTORS(signed char, char, 2, 4)
SCALEINV_VECTORS(unsigned char, uchar, 2, 4)
SCALEINV_VECTORS(short, short, 4, 8)
SCALEINV_VECTORS(unsigned short, ushort, 4, 8)
SCALEINV_VECTORS(int, int, 8, 16)
SCALEINV_VECTORS(unsigned, uint, 8, 16)
SCALEINV_VECTORS(long long, longlong, 16, 16)
SCALEINV_VECTORS(unsigned long long, ulonglong, 16, 16)
SCALEINV_VECTORS(float, float, 8, 16)
SCALEINV_VECTORS(double, double, 16, 16)

#undef SCALEINV_VECTORS

struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};
