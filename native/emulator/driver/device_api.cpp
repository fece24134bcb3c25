// A device as the emulated driver tells it: compute capability 8.6, whose blocks may have 99 KB of shared memory.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "entry.hpp"
#include "heap.hpp"
#include "options.hpp"

namespace emulator {
namespace {

struct Attribute {
  int number;
  std::int64_t value;
};

// CUdevice_attribute; attributes that are not listed are refused.
constexpr Attribute attributes[] = {
    {1, max_threads}, {2, max_threads},  // of a block along x
    {3, max_threads},                    // along y
    {4, max_block_z}, {5, max_grid_x},          {6, max_grid_yz},
    {7, max_grid_yz}, {8, free_shared}, {9, 64 << 10},  // constant memory
    {10, 32},                                                   // lanes of a warp
    {11, 0x7fffffff},                                           // pitch
    {12, 65536},                                                // registers of a block
    {13, 1000000},                                              // kHz
    {14, 512},                                                  // alignment of textures
    {15, 1},                                                    // overlaps copies
    {16, 2},                                                    // multiprocessors
    {17, 0},                                                    // limit of a kernel's time
    {18, 0},                                                    // integrated
    {19, 1},                                                    // maps host memory
    {20, 0},                                                    // compute mode
    {31, 1},                                                    // concurrent kernels
    {32, 0},                                                    // ECC
    {33, 0},                                                    // PCI bus
    {34, 0},                                                    // PCI device
    {35, 0},                                                    // TCC
    {36, 1000000},                                              // kHz of the memory
    {37, 256},                                                  // bits of the memory bus
    {38, 4 << 20},                                              // bytes of L2
    {39, 1536},                                                 // threads of a multiprocessor
    {40, 2},                                                    // copy engines
    {41, 1},                                                    // unified addresses
    {50, 0},                                                    // PCI domain
    {75, 8},                                                    // compute capability, major
    {76, 6},                                                    // minor
    {78, 1},                                                    // stream priorities
    {81, 100 << 10},                                            // shared memory of a multiprocessor
    {82, 65536},                                                // registers of a multiprocessor
    {83, 0},                                                    // managed memory
    {95, 0},                                                    // cooperative launches
    {106, 16},                                                  // blocks of a multiprocessor
    {111, 1 << 10},                                             // shared memory that the driver keeps of a block
    {115, 0},                                                   // memory pools
};

constexpr int shared_memory_opt_in = 97;

void check_device(int device) { require(device >= 0 && device < options().devices, invalid_device, "no such device"); }

void check_pointer(const void* pointer) { require(pointer != nullptr, invalid_value, "a null pointer to the answer"); }

void write_uuid(unsigned char* uuid, int device) {
  check_pointer(uuid);
  check_device(device);
  std::memset(uuid, 0, 16);
  uuid[0] = 0xe0;
  uuid[15] = static_cast<unsigned char>(device);
}

}  // namespace

EMULATED(cuInit, unsigned flags) {
  return call(__func__, [&]() -> int {
    require(flags == 0, invalid_value, "flags other than 0");
    if (options().devices == 0) {
      return no_device;
    }
    driver().initialized = true;
    return success;
  });
}

EMULATED(cuDriverGetVersion, int* version) {
  return call(__func__, [&] {
    check_pointer(version);
    *version = static_cast<int>(options().driver_version);
    return success;
  });
}

EMULATED(cuDeviceGetCount, int* count) {
  return initialized(__func__, [&] {
    check_pointer(count);
    *count = static_cast<int>(options().devices);
  });
}

EMULATED(cuDeviceGet, int* device, int ordinal) {
  return initialized(__func__, [&] {
    check_pointer(device);
    check_device(ordinal);
    *device = ordinal;
  });
}

EMULATED(cuDeviceGetName, char* name, int length, int device) {
  return initialized(__func__, [&] {
    check_device(device);
    require(name != nullptr && length > 0, invalid_value, "no room for the name");
    std::snprintf(name, static_cast<std::size_t>(length), "emulated device");
  });
}

EMULATED(cuDeviceTotalMem_v2, std::size_t* bytes, int device) {
  return initialized(__func__, [&] {
    check_pointer(bytes);
    check_device(device);
    *bytes = static_cast<std::size_t>(options().memory);
  });
}

EMULATED(cuDeviceGetAttribute, int* value, int attribute, int device) {
  return initialized(__func__, [&] {
    check_pointer(value);
    check_device(device);
    if (attribute == shared_memory_opt_in) {
      *value = static_cast<int>(options().shared);
      return;
    }
    for (const Attribute& known : attributes) {
      if (known.number == attribute) {
        *value = static_cast<int>(known.value);
        return;
      }
    }
    throw Misuse{invalid_value, "attribute " + std::to_string(attribute) + ", which is not emulated"};
  });
}

EMULATED(cuDeviceComputeCapability, int* major, int* minor, int device) {
  return initialized(__func__, [&] {
    check_pointer(major);
    check_pointer(minor);
    check_device(device);
    *major = 8;
    *minor = 6;
  });
}

EMULATED(cuDeviceGetUuid, unsigned char* uuid, int device) {
  return initialized(__func__, [&] { write_uuid(uuid, device); });
}

EMULATED(cuDeviceGetUuid_v2, unsigned char* uuid, int device) {
  return initialized(__func__, [&] { write_uuid(uuid, device); });
}

EMULATED(cuMemGetInfo_v2, std::size_t* free, std::size_t* total) {
  return in_context(__func__, [&](Context& context) {
    check_pointer(free);
    check_pointer(total);
    *free = static_cast<std::size_t>(std::max<std::int64_t>(0, options().memory - live_bytes_on(context.device)));
    *total = static_cast<std::size_t>(options().memory);
    return success;
  });
}

}  // namespace emulator
