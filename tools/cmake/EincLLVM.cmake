# einc_link_llvm_statically(target MLIR_LIBS ... LLVM_COMPONENTS ...)
#
# Links LLVM and MLIR archives into `target`, hidden. Debian's MLIR archives name
# the imported target `LLVM`, which is libLLVM.so: 160,000 relocations and 700
# static constructors at every start. So the archives' link interfaces are
# walked, that target is left out, and the files themselves are linked.
function(einc_link_llvm_statically target)
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
    list(APPEND archives "$<TARGET_FILE:${library}>")
    get_target_property(next ${library} INTERFACE_LINK_LIBRARIES)
    if(next)
      string(REGEX REPLACE "\\$<LINK_ONLY:([^>]*)>" "\\1" next "${next}")
      list(APPEND todo ${next})
    endif()
  endwhile()
  target_link_libraries(${target} PRIVATE
    -Wl,--start-group ${archives} -Wl,--end-group z zstd m ${CMAKE_DL_LIBS})
  target_link_options(${target} PRIVATE
    -fuse-ld=lld -B${LLVM_TOOLS_BINARY_DIR}
    -Wl,--gc-sections,--as-needed,--exclude-libs,ALL,-Bsymbolic)
endfunction()
