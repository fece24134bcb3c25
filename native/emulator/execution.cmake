# The execution side of the emulated device, for whoever builds a library or program with kernels in it.
#   add_emulated_kernels(TARGET CHECKING kernel.cu...)
# adds the runtime and the kernels to TARGET, in the order of linking that shared memory needs (shared_begin.cpp);
# CHECKING builds in the search for races and for accesses out of bounds.

set(EMULATOR_FOLDER ${CMAKE_CURRENT_LIST_DIR})
get_filename_component(EMULATOR_KERNELS_FOLDER ${CMAKE_CURRENT_LIST_DIR}/../../kernels ABSOLUTE)

# clang instruments the same calls, but spells the options its own way and needs its own libraries beside them
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  set(EMULATOR_CAN_CHECK ON)
else()
  set(EMULATOR_CAN_CHECK OFF)
  message(STATUS "no checking build of the emulated device: it needs gcc, and the compiler is ${CMAKE_CXX_COMPILER_ID}")
endif()

function(add_emulated_kernels target checking)
  set(runtime registration.cpp static_shared.cpp fiber.cpp threads.cpp meetings.cpp execute.cpp)
  set(options -x c++ -O2 -g1 -mfma -fno-strict-aliasing -fno-math-errno -fno-exceptions -Wno-unknown-pragmas)
  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(REMOVE_ITEM options -mfma)
  endif()
  if(checking)
    # the instrumentation of gcc's sanitizers; what it calls is ours
    list(APPEND options -fsanitize=thread --param=tsan-instrument-func-entry-exit=0 -fsanitize=bounds,alignment)
    list(APPEND runtime checker.cpp checker_hooks.cpp source_line.cpp)
    target_compile_definitions(${target} PRIVATE SCALEINV_EMULATOR_CHECKING)
  endif()
  list(TRANSFORM runtime PREPEND ${EMULATOR_FOLDER}/)
  add_library(${target}_kernels OBJECT ${ARGN})
  set_source_files_properties(${ARGN} PROPERTIES LANGUAGE CXX)
  target_include_directories(${target}_kernels PRIVATE ${EMULATOR_FOLDER} ${EMULATOR_KERNELS_FOLDER})
  target_compile_options(${target}_kernels PRIVATE ${options})
  target_compile_definitions(${target}_kernels PRIVATE $<$<BOOL:${checking}>:SCALEINV_EMULATOR_CHECKING>)
  add_library(${target}_shared_begin OBJECT ${EMULATOR_FOLDER}/shared_begin.cpp)
  add_library(${target}_shared_end OBJECT ${EMULATOR_FOLDER}/shared_end.cpp)
  target_include_directories(${target} PRIVATE ${EMULATOR_FOLDER})
  # objects of object libraries are linked in this order
  target_sources(${target} PRIVATE ${runtime} $<TARGET_OBJECTS:${target}_shared_begin>
    $<TARGET_OBJECTS:${target}_kernels> $<TARGET_OBJECTS:${target}_shared_end>)
endfunction()
