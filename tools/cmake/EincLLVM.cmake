# LLVM and MLIR as static archives, hidden in whatever links them, with their
# include directories:
#   einc-llvm          for Emit, Kernels, Codegen and their tests
#   einc-mlir-headers  no archive: for IR and Passes, which hosts link with theirs
#   einc-mlir          the dialects and the machinery that einc-opt needs
#
# Debian's MLIR archives name the imported target `LLVM`, which is libLLVM.so:
# 160,000 relocations and 700 static constructors at every start. So the
# archives' link interfaces are walked here, that target is left out, and the
# files themselves are linked. Archive members that nobody refers to stay out,
# so the lists may name what only tests use (MLIRParser).
function(einc_find_llvm_archives result)
  cmake_parse_arguments(ARG "" "" "MLIR_LIBS;LLVM_COMPONENTS" ${ARGN})
  llvm_map_components_to_libnames(todo ${ARG_LLVM_COMPONENTS})
  list(PREPEND todo ${ARG_MLIR_LIBS})
  set(seen "")
  set(archives "")
  while(todo)
    list(POP_FRONT todo library)
    if(library IN_LIST seen OR library STREQUAL "LLVM" OR NOT TARGET ${library})
      continue()
    endif()
    list(APPEND seen ${library})
    get_target_property(type ${library} TYPE)
    if(NOT type STREQUAL "STATIC_LIBRARY")
      continue()
    endif()
    # A path, not $<TARGET_FILE>: imported targets are unknown to other folders.
    get_target_property(file ${library} LOCATION)
    list(APPEND archives ${file})
    get_target_property(next ${library} INTERFACE_LINK_LIBRARIES)
    if(next)
      string(REGEX REPLACE "\\$<LINK_ONLY:([^>]*)>" "\\1" next "${next}")
      list(APPEND todo ${next})
    endif()
  endwhile()
  set(${result} ${archives} PARENT_SCOPE)
endfunction()

# einc_add_llvm(name MLIR_LIBS ... LLVM_COMPONENTS ...)
function(einc_add_llvm name)
  einc_find_llvm_archives(archives ${ARGN})
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE
    ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  target_link_libraries(${name} INTERFACE
    -Wl,--start-group ${archives} -Wl,--end-group z zstd m ${CMAKE_DL_LIBS})
  target_link_options(${name} INTERFACE
    -fuse-ld=lld -Wl,--gc-sections,--as-needed)
  if(NOT EINC_SANITIZE)
    # A sanitizer's allocator is an archive too; hidden, the C library would free
    # what it has not allocated.
    target_link_options(${name} INTERFACE -Wl,--exclude-libs,ALL,-Bsymbolic)
  endif()
endfunction()

einc_add_llvm(einc-llvm
  MLIR_LIBS
    MLIRBuiltinToLLVMIRTranslation
    MLIRIR
    MLIRLLVMDialect
    MLIRLLVMToLLVMIRTranslation
    MLIRParser
    MLIRTargetLLVMIRExport
  LLVM_COMPONENTS
    AArch64CodeGen
    AArch64Desc
    AArch64Info
    Core
    FrontendOpenMP
    Support
    Target
    X86AsmParser
    X86CodeGen
    X86Desc
    X86Info)

if(EINC_BUILD_MLIR)
  add_library(einc-mlir-headers INTERFACE)
  target_include_directories(einc-mlir-headers SYSTEM INTERFACE
    ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
  einc_add_llvm(einc-mlir
    MLIR_LIBS
      MLIRArithDialect
      MLIRCAPIFunc
      MLIRCAPIIR
      MLIRComplexDialect
      MLIRFuncDialect
      MLIRIR
      MLIRLinalgDialect
      MLIRMemRefDialect
      MLIROptLib
      MLIRParser
      MLIRPass
      MLIRSCFDialect
      MLIRTensorDialect
      MLIRTransforms
    LLVM_COMPONENTS
      Core
      Support)
endif()
