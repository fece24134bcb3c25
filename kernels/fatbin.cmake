# cmake -D KERNELS=… -D WORK=… -D OUTPUT=… [-D STRICT=ON] -P fatbin.cmake
#
# Compiles every .cu file of the folder KERNELS to OUTPUT/kernels.fatbin by way of the folder WORK, and describes it in
# OUTPUT/kernels.properties: nvcc (its version), sass and ptx (the chips), or why there is none (missing). All files are
# one translation unit, because a driver takes one image of a fatbin: theirs is one module.
#
# The environment says how: CUDACXX, CUDA_HOME or CUDA_PATH name an nvcc before PATH and /usr/local/cuda do.
# SCALEINV_CUDA=require makes it an error that there are no kernels, SCALEINV_CUDA=off leaves them out.
cmake_minimum_required(VERSION 3.20)

set(wanted 75 80 86 89 90 100 120)
set(fatbin ${WORK}/kernels.fatbin)

function(describe text)
  file(MAKE_DIRECTORY ${OUTPUT})
  file(WRITE ${OUTPUT}/kernels.properties "${text}\n")
endfunction()

# ends the script
macro(give_up reason)
  file(REMOVE ${fatbin} ${OUTPUT}/kernels.fatbin)
  if("$ENV{SCALEINV_CUDA}" STREQUAL "require")
    message(FATAL_ERROR "scaleinv: CUDA is required, but ${reason}")
  endif()
  message("scaleinv: no CUDA kernels in this build: ${reason}")
  describe("missing=${reason}")
  return()
endmacro()

if("$ENV{SCALEINV_CUDA}" STREQUAL "off")
  give_up("SCALEINV_CUDA=off left them out")
elseif(NOT "$ENV{SCALEINV_CUDA}" MATCHES "^(require|auto|)$")
  message(FATAL_ERROR "scaleinv: SCALEINV_CUDA has to be auto, require or off; given: $ENV{SCALEINV_CUDA}")
endif()

file(GLOB sources RELATIVE ${KERNELS} ${KERNELS}/*.cu)
list(SORT sources)
if(NOT sources)
  give_up("there are no sources of kernels")
endif()

find_program(nvcc NAMES $ENV{CUDACXX} NO_DEFAULT_PATH)
find_program(nvcc NAMES nvcc HINTS $ENV{CUDA_HOME}/bin $ENV{CUDA_PATH}/bin PATHS /usr/local/cuda/bin
  NO_CMAKE_PATH NO_CMAKE_SYSTEM_PATH)
if(NOT nvcc)
  give_up("nvcc was not found (looked for in CUDACXX, CUDA_HOME, PATH and /usr/local/cuda)")
endif()
execute_process(COMMAND ${nvcc} --version OUTPUT_VARIABLE told ERROR_QUIET)
execute_process(COMMAND ${nvcc} --list-gpu-code OUTPUT_VARIABLE codes ERROR_QUIET)
if(NOT told MATCHES "V([0-9]+\\.[0-9]+\\.[0-9]+)" OR NOT codes MATCHES "sm_")
  give_up("nvcc does not tell its version and chips")
endif()
string(REGEX MATCH "V([0-9]+\\.[0-9]+\\.[0-9]+)" told "${told}")
set(version ${CMAKE_MATCH_1})
if(version VERSION_LESS 12)
  give_up("nvcc ${version} was found, 12.0 or later is needed")
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
set(options -O3 -std=c++17 --threads 0)
if(version VERSION_GREATER_EQUAL 13)
  list(APPEND options --compress-mode=size)
endif()
if(STRICT)
  list(APPEND options --Werror all-warnings)
endif()

set(unit "")
foreach(source ${sources})
  string(APPEND unit "#include \"${source}\"\n")
endforeach()
file(GLOB watched ${KERNELS}/*.cu ${KERNELS}/*.cuh ${CMAKE_CURRENT_LIST_FILE})
set(command "${nvcc} ${version} ${options} ${targets}\n${unit}")
set(known "")
if(EXISTS ${WORK}/command.txt)
  file(READ ${WORK}/command.txt known)
endif()
set(stale FALSE)
if(NOT EXISTS ${fatbin} OR NOT known STREQUAL command)
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
  file(WRITE ${WORK}/command.txt "${command}")
endif()
file(MAKE_DIRECTORY ${OUTPUT})
configure_file(${fatbin} ${OUTPUT}/kernels.fatbin COPYONLY)
list(JOIN chips " " chips)
describe("nvcc=${version}\nsass=${chips}\nptx=${highest}")
