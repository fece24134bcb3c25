#include "blas.hpp"

namespace scaleinv {

void single_threaded_blas() {
  static const bool once = [] {
    openblas_set_num_threads(1);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace scaleinv

const char* scaleinv_openblas(void) { return openblas_get_config(); }
