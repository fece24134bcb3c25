# cmake -D KERNELS=… -D WORK=… -D OUTPUT=… [-D STRICT=ON] -P fatbin.cmake
#
# Compiles every .cu file of the folder KERNELS to OUTPUT/kernels.fatbin by way of the folder WORK, and describes it in
# OUTPUT/kernels.properties: nvcc (its version), sass and ptx (the chips), or why there is none (missing). All files are
# one translation unit, because a driver takes one image of a fatbin: theirs is one module. WORK/resources.txt holds
# nvcc's version and what it tells of each kernel's registers and memory on each chip.
#
# SCALEINV_CUDA=require in the environment makes it an error that there are none.
cmake_minimum_required(VERSION 3.20)

set(wanted 75 80 86 89 90 100 120)
set(fatbin ${WORK}/kernels.fatbin)
set(resources ${WORK}/resources.txt)

function(describe text)
  file(MAKE_DIRECTORY ${OUTPUT})
  file(WRITE ${OUTPUT}/kernels.properties "${text}\n")
endfunction()

# ends the script
macro(give_up reason)
  file(REMOVE ${fatbin} ${resources} ${OUTPUT}/kernels.fatbin)
  if("$ENV{SCALEINV_CUDA}" STREQUAL "require")
    message(FATAL_ERROR "scaleinv: CUDA is required, but ${reason}")
  endif()
  message("scaleinv: no CUDA kernels in this build: ${reason}")
  describe("missing=${reason}")
  return()
endmacro()

include(${CMAKE_CURRENT_LIST_DIR}/nvcc.cmake)
if(reason)
  give_up("${reason}")
endif()

set(chips "")
set(targets "")
foreach(chip ${wanted})
  if(codes MATCHES "sm_${chip}[^0-9]")
    list(APPEND chips ${chip})
    list(APPEND targets -gencode arch=compute_${chip},code=sm_${chip})
    set(highest ${chip})
  endif()
endforeach()
list(APPEND targets -gencode arch=compute_${highest},code=compute_${highest})

# drivers older than CUDA 12.4 cannot read the small form; those that take images of CUDA 13 can
set(options -O3 -std=c++17 --threads 0 --resource-usage)
if(version VERSION_GREATER_EQUAL 13)
  list(APPEND options --compress-mode=size)
endif()
if(STRICT)
  list(APPEND options --Werror all-warnings)
endif()

file(GLOB watched ${KERNELS}/*.cu ${KERNELS}/*.cuh ${KERNELS}/*.cmake)
set(command "${nvcc} ${version} ${options} ${targets}\n${unit}")
set(known "")
if(EXISTS ${WORK}/command.txt)
  file(READ ${WORK}/command.txt known)
endif()
set(stale FALSE)
if(NOT EXISTS ${fatbin} OR NOT EXISTS ${resources} OR NOT known STREQUAL command)
  set(stale TRUE)
endif()
foreach(file ${watched})
  if(${file} IS_NEWER_THAN ${fatbin})
    set(stale TRUE)
  endif()
endforeach()

if(stale)
  list(JOIN chips " " named)
  message("compiling CUDA kernels by nvcc ${version} for ${named}")
  file(MAKE_DIRECTORY ${WORK})
  file(WRITE ${WORK}/kernels.cu "${unit}")
  execute_process(
    COMMAND ${nvcc} -fatbin ${options} ${targets} -I ${KERNELS} ${WORK}/kernels.cu -o ${fatbin}
    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT status EQUAL 0)
    message("${said}")
    give_up("nvcc ${version} failed")
  endif()
  file(WRITE ${resources} "nvcc ${version}\n${said}")
  file(WRITE ${WORK}/command.txt "${command}")
endif()
file(MAKE_DIRECTORY ${OUTPUT})
configure_file(${fatbin} ${OUTPUT}/kernels.fatbin COPYONLY)
list(JOIN chips " " chips)
describe("nvcc=${version}\nsass=${chips}\nptx=${highest}")
