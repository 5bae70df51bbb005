# einc_add_kernel(name
#   EQUATION "ij,jk->ik"
#   SHAPES "64x32,32x?" | DIMS "i=64,j=32,k=?"
#   [DTYPE f32] [CPU x86-64-v3 | MULTIVERSION] [THREADS n] [OPTIONS ...])
#
# A library `name` with the function of the same name, compiled by einc when the
# project is built; `#include "name.h"` declares it. Without CPU and
# MULTIVERSION the code is for the machine that builds. OPTIONS go to
# `einc compile` as they are. With THREADS other than 1 the library needs, and
# links, einc::runtime.
#
#   einc_add_kernel(product EQUATION "ij,jk->ik" SHAPES "64x32,32x16")
#   target_link_libraries(app PRIVATE product)
function(einc_add_kernel name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG
    "MULTIVERSION" "EQUATION;SHAPES;DIMS;DTYPE;CPU;THREADS" "OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR
      "einc_add_kernel(${name}): unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT DEFINED ARG_EQUATION)
    message(FATAL_ERROR "einc_add_kernel(${name}): EQUATION is missing")
  endif()
  if(DEFINED ARG_CPU AND ARG_MULTIVERSION)
    message(FATAL_ERROR
      "einc_add_kernel(${name}): CPU and MULTIVERSION exclude each other")
  endif()
  set(options --name ${name})
  foreach(option SHAPES DIMS DTYPE CPU THREADS)
    if(DEFINED ARG_${option})
      string(TOLOWER ${option} flag)
      list(APPEND options --${flag} "${ARG_${option}}")
    endif()
  endforeach()
  if(ARG_MULTIVERSION)
    list(APPEND options --multiversion)
  endif()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/einc-kernels/${name})
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(
    OUTPUT ${folder}/${name}.o ${folder}/${name}.h
    COMMAND einc::cli compile "${ARG_EQUATION}" ${options} ${ARG_OPTIONS}
      -o ${folder}/${name}.o
    DEPENDS einc::cli
    COMMENT "einc: ${name} computes ${ARG_EQUATION}"
    VERBATIM)
  add_library(${name} STATIC ${folder}/${name}.o ${folder}/${name}.h)
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE C)
  set_source_files_properties(${folder}/${name}.o PROPERTIES
    EXTERNAL_OBJECT TRUE GENERATED TRUE)
  target_include_directories(${name} PUBLIC ${folder})
  if(DEFINED ARG_THREADS AND NOT ARG_THREADS EQUAL 1)
    target_link_libraries(${name} PUBLIC einc::runtime)
  endif()
endfunction()
