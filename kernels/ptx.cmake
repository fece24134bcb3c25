# cmake -D KERNELS=… -D WORK=… -P ptx.cmake
#
# Writes WORK/kernels.ptx, by which a test compares the kernels' parameters with what the host knows of them; removes it
# where there is no nvcc.
cmake_minimum_required(VERSION 3.20)

include(${CMAKE_CURRENT_LIST_DIR}/nvcc.cmake)
set(ptx ${WORK}/kernels.ptx)
if(reason)
  file(REMOVE ${ptx})
  return()
endif()
file(GLOB watched ${KERNELS}/*.cu ${KERNELS}/*.cuh ${KERNELS}/*.cmake)
set(stale FALSE)
foreach(file ${watched})
  if(${file} IS_NEWER_THAN ${ptx})
    set(stale TRUE)
  endif()
endforeach()
if(stale)
  file(MAKE_DIRECTORY ${WORK})
  file(WRITE ${WORK}/ptx.cu "${unit}")
  execute_process(
    COMMAND ${nvcc} -ptx -std=c++17 -I ${KERNELS} ${WORK}/ptx.cu -o ${ptx} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    file(REMOVE ${ptx})
    message("scaleinv: nvcc ${version} failed: the kernels' parameters are not compared")
  endif()
endif()
