# einc_add_library(name SOURCES ... DEPENDS ...)
#
# A static library of one folder. DEPENDS is its permission list: the libraries
# whose headers it may include (tools/dev/check compares it with the includes).
function(einc_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
  target_link_libraries(${name} PUBLIC ${ARG_DEPENDS})
endfunction()
