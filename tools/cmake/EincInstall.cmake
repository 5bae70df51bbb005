# What `cmake --install` puts where. Components: runtime, for applications that
# ship compiled kernels, compiler, to compile and run, and mlir, for hosts that
# are compilers themselves.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/einc)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/einc-c
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT runtime)
install(TARGETS einc-runtime EXPORT einc-runtime
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime)
install(EXPORT einc-runtime NAMESPACE einc:: FILE eincRuntime.cmake
  DESTINATION ${package} COMPONENT runtime)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/einc
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT compiler)
install(TARGETS einc EXPORT einc-compiler
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT compiler)
if(TARGET einc-cli)
  install(TARGETS einc-cli EXPORT einc-compiler
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT compiler)
endif()
install(EXPORT einc-compiler NAMESPACE einc:: FILE eincCompiler.cmake
  DESTINATION ${package} COMPONENT compiler)
if(TARGET einc-compiler)
  # Loaded at run time, from beside libeinc.so: nobody links it.
  install(TARGETS einc-compiler
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT compiler)
endif()

if(TARGET einc-mlir-capi)
  # For hosts that are compilers: what the plugin is, and the same as archives,
  # which take MLIR from the host.
  install(TARGETS einc-plugin
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT mlir)
  install(TARGETS einc-mlir-capi einc-passes einc-ir einc-mlir-headers
      einc-planner einc-frontend einc-support
    EXPORT einc-mlir
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT mlir)
  install(EXPORT einc-mlir NAMESPACE einc:: FILE eincMLIR.cmake
    DESTINATION ${package} COMPONENT mlir)
  if(TARGET einc-opt)
    install(TARGETS einc-opt
      RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT mlir)
  endif()
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/eincConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/eincConfig.cmake
  INSTALL_DESTINATION ${package})
# Before 1.0 any minor version may break its users.
write_basic_package_version_file(
  ${CMAKE_CURRENT_BINARY_DIR}/eincConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/eincConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/eincConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/EincAddKernel.cmake
  DESTINATION ${package} COMPONENT runtime)

# Found from where the .pc file lies, so that the tree may be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
  BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
  OUTPUT_VARIABLE EINC_PREFIX_FROM_PC)
foreach(name einc einc-runtime)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${name}.pc.in ${name}.pc @ONLY)
endforeach()
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/einc.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT compiler)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/einc-runtime.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT runtime)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE
  DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
