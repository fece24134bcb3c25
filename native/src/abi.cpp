#include "scaleinv.h"

int32_t scaleinv_abi_version(void) { return SCALEINV_ABI_VERSION; }
