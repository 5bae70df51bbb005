# The tests of the einsum dialect: by einc-opt, and by the distribution's
# mlir-opt with the plugin. Registered like the others.
set(EINC_MLIR_TESTS
  IR/Carets.mlir
  IR/Constraints.mlir
  IR/Pure.mlir
  IR/RoundTrip.mlir
  Passes/Chain.mlir
  Passes/Conformance.test
  Passes/Plan.mlir
  Passes/PlanEqual.test
  Passes/PlanErrors.mlir
  Passes/Plugin.test
  Passes/Raise.mlir
  Passes/RaiseNot.mlir
  Passes/RandomTrees.test
  Passes/Run.mlir
  Passes/ToLinalg.mlir)

# A plugin that says it is for another version of MLIR.
add_library(einc-wrong-plugin MODULE Inputs/WrongPlugin.c)
set_target_properties(einc-wrong-plugin PROPERTIES 
  OUTPUT_NAME WrongPlugin PREFIX "")

set(EINC_OPT $<TARGET_FILE:einc-opt>)
set(EINC_PLUGIN $<TARGET_FILE:einc-plugin>)
set(EINC_WRONG_PLUGIN $<TARGET_FILE:einc-wrong-plugin>)

foreach(test ${EINC_MLIR_TESTS})
  cmake_path(REMOVE_EXTENSION test OUTPUT_VARIABLE name)
  string(REPLACE "/" "." name ${name})
  add_test(NAME lit.${name}
    COMMAND ${Python3_EXECUTABLE} ${EINC_LIT} -v --no-progress-bar
      --skip-test-time-recording ${CMAKE_CURRENT_BINARY_DIR}/${test})
  set_tests_properties(lit.${name} PROPERTIES
    LABELS lit SKIP_REGULAR_EXPRESSION "UNSUPPORTED: einc")
endforeach()
