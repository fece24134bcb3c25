/*
 * How a test steers the emulated CUDA driver and asks what happened. These functions stand beside the driver's own in
 * the emulated libcuda.so.1. They return 0, or −1 where the name of an option, function or figure is not known.
 */
#ifndef SCALEINV_EMULATOR_H
#define SCALEINV_EMULATOR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EMULATOR_API __attribute__((visibility("default")))

/*
 * Sets an option for the process:
 *   devices        how many there are (1)
 *   memory         bytes of a device (256 MB)
 *   shared         bytes of shared memory that a block may have (99 KB)
 *   order          seed of the order of blocks and of the threads in a block; 0 runs them in the order of their indices
 *   lazy           1: asynchronous work runs only when something waits for it (0)
 *   driver_version what cuDriverGetVersion tells (13000)
 */
EMULATOR_API int32_t emulator_set(const char* option, int64_t value);

/*
 * All options as at the start, no failures planned, counts of calls and launches at zero. What is alive stays alive;
 * what a released context had left behind is no longer counted.
 */
EMULATOR_API int32_t emulator_reset(void);

/*
 * The n-th call of a function from now on (1: the next one) returns that status and does nothing. 0 unplans it. The
 * suffix _v2 of a name may be left out. A status that a real context does not survive (CUDA_ERROR_ILLEGAL_ADDRESS,
 * LAUNCH_FAILED, ECC_UNCORRECTABLE and others) stays until the context is released or reset. Functions that free or
 * destroy still do so in a failed context, and answer its status.
 */
EMULATOR_API int32_t emulator_fail(const char* function, int64_t nth, int32_t status);

/*
 * Figures: "calls FUNCTION" since the last reset, "launches KERNEL" since then, and what is alive: "allocations",
 * "bytes", "pinned", "streams", "events", "modules", "contexts", "handles" (cuBLAS). What was alive when its context was
 * released goes on counting: it leaked. "functions": how many are emulated. −1 for another name.
 */
EMULATOR_API int64_t emulator_count(const char* figure);

/* The names of all driver and cuBLAS functions that were called since the last reset, one a line. */
EMULATOR_API const char* emulator_called(void);

/*
 * The kernels that are compiled in, one a line: the name and the bytes of each parameter, as in "widen 8 8 4". Valid
 * until the same thread asks for a text again.
 */
EMULATOR_API const char* emulator_kernels(void);

/*
 * What the last faulty launch or misuse did, in one line: kernel, source line, block, thread, address; "" when nothing
 * was found since the last reset.
 */
EMULATOR_API const char* emulator_fault(void);

#ifdef __cplusplus
}
#endif

#endif
