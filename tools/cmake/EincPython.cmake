# Whether the Python package is built: by default where the Python that is used
# has nanobind. tools/dev/setup makes such a one, with all that the tests need,
# in build/python; -DPython_EXECUTABLE=... takes another.
set(venv ${PROJECT_SOURCE_DIR}/build/python/bin/python3)
if(NOT Python_EXECUTABLE AND PROJECT_IS_TOP_LEVEL AND EXISTS ${venv})
  set(Python_EXECUTABLE ${venv} CACHE FILEPATH "Python of the Python package")
endif()
# Not kept in the cache: a Python that comes later is found by the next run.
if(NOT DEFINED EINC_BUILD_PYTHON)
  set(EINC_BUILD_PYTHON OFF)
  if(PROJECT_IS_TOP_LEVEL AND NOT EINC_SANITIZE)
    find_package(Python 3.9 QUIET COMPONENTS Interpreter Development.Module)
    if(Python_FOUND)
      execute_process(COMMAND ${Python_EXECUTABLE} -m nanobind --version
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
      if(status EQUAL 0)
        set(EINC_BUILD_PYTHON ON)
      endif()
    endif()
    if(NOT EINC_BUILD_PYTHON)
      message(STATUS "No Python package: no Python with headers and nanobind")
    endif()
  endif()
endif()
