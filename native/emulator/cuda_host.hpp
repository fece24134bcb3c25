/*
 * CUDA's vocabulary for kernels that the host compiler builds: what kernels/ uses and what stands close to it. What is
 * not here does not compile: __activemask, warp-wide __reduce_*_sync, textures, inline PTX, cooperative groups, cudaX
 * calls; extern __shared__ does not link, kernels take dynamic_shared<T>() instead.
 */
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "host/atomics.hpp"
#include "host/barriers.hpp"
#include "host/index.hpp"
#include "host/keywords.hpp"
#include "host/math.hpp"
#include "host/vectors.hpp"
#include "host/warps.hpp"
#include "registration.hpp"
