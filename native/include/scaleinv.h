/* The only door to the native engine: a C ABI. */
#ifndef SCALEINV_H
#define SCALEINV_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SCALEINV_API __attribute__((visibility("default")))

/* Version of this header; a library and its bindings must agree. */
#define SCALEINV_ABI_VERSION 1

SCALEINV_API int32_t scaleinv_abi_version(void);

#ifdef __cplusplus
}
#endif

#endif
