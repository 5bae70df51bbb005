# einc-build-id: the library behind compiler/Support/BuildId.h, made anew when
# one of the hashed sources changes. As a script (cmake -P) this file writes its
# source: OUTPUT, ROOT, LLVM_VERSION, LLVM_HASH.
#
# Kernels on disk are trusted by this id alone: it covers all that decides what
# code a schedule becomes and how that code is called, steps included.
set(EINC_BUILD_ID_PATTERNS
  compiler/Codegen/*.cpp compiler/Codegen/*.h
  compiler/Emit/*.cpp compiler/Emit/*.h
  compiler/Kernels/*.cpp compiler/Kernels/*.h
  compiler/Schedule/*.cpp compiler/Schedule/*.h
  include/einc-c/Artifact.h
  include/einc/ElementType.h)

if(CMAKE_SCRIPT_MODE_FILE)
  list(TRANSFORM EINC_BUILD_ID_PATTERNS PREPEND ${ROOT}/)
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${EINC_BUILD_ID_PATTERNS})
  list(SORT files)
  set(all "LLVM ${LLVM_HASH}\n")
  foreach(file ${files})
    file(SHA256 ${ROOT}/${file} hash)
    string(APPEND all "${file} ${hash}\n")
  endforeach()
  string(SHA256 id "${all}")
  # Leaves an equal file untouched, so that nothing is linked again.
  file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT
"#include \"compiler/Support/BuildId.h\"

const char *const einc::BuildId =
    \"${id}\";
const char *const einc::LLVMVersion = \"${LLVM_VERSION}\";
")
  return()
endif()

set(patterns ${EINC_BUILD_ID_PATTERNS})
list(TRANSFORM patterns PREPEND ${PROJECT_SOURCE_DIR}/)
file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${patterns})
set(version none)
set(llvm none)
if(EINC_BUILD_COMPILER)
  set(version ${LLVM_PACKAGE_VERSION})
  # A distribution may patch a version and not count it up.
  set(llvm "")
  foreach(library LLVMX86CodeGen LLVMCodeGen LLVMSelectionDAG)
    file(SHA256
      ${LLVM_LIBRARY_DIR}/${CMAKE_STATIC_LIBRARY_PREFIX}${library}${CMAKE_STATIC_LIBRARY_SUFFIX}
      hash)
    string(APPEND llvm ${hash})
  endforeach()
endif()
set(output ${CMAKE_CURRENT_BINARY_DIR}/BuildId.cpp)
add_custom_command(OUTPUT ${output}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DROOT=${PROJECT_SOURCE_DIR}
    -DLLVM_VERSION=${version} -DLLVM_HASH=${llvm} -P ${CMAKE_CURRENT_LIST_FILE}
  DEPENDS ${sources} ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Hashing the compiler's sources" VERBATIM)
einc_add_library(einc-build-id SOURCES ${output})
