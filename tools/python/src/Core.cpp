// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc._core: the C++ API for arrays that are ready to be used. What Python
/// code may pass to it is decided in the modules beside it.

#include "Arrays.h"
#include "DLPack.h"
#include "Errors.h"

#include "einc/Einsum.h"

#include <nanobind/stl/array.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace einc;
using namespace einc::python;

namespace {

using Labels = std::vector<int64_t>;

/// Equations come as bytes, so that those that are no UTF-8 come too.
std::string_view text(const nb::bytes &equation) {
  return {equation.c_str(), equation.size()};
}

Options makeOptions(const std::string &method,
                    std::vector<std::vector<uint32_t>> path,
                    const std::string &accumulate, unsigned threads) {
  Options options{.threads = threads, .path = std::move(path)};
  options.optimize = method;
  if (!accumulate.empty())
    options.accumulate = elementTypeNamed(accumulate);
  return options;
}

std::vector<LabeledOperand> label(const Operands &operands,
                                  const std::vector<Labels> &labels) {
  std::vector<LabeledOperand> labeled;
  for (size_t i = 0; i < operands.views.size(); ++i)
    labeled.push_back({operands.views[i], labels.at(i)});
  return labeled;
}

nb::tuple evaluate(nb::bytes equation, nb::sequence arrays,
                   const Options &options) {
  Operands operands(arrays);
  Tensor result = [&] {
    nb::gil_scoped_release released;
    return einsum(text(equation), operands.views, options);
  }();
  return toNumpy(std::move(result));
}

void evaluateInto(nb::handle out, nb::bytes equation, nb::sequence arrays,
                  const Options &options) {
  Operands operands(arrays);
  HeldBuffer output(out, HeldBuffer::Access::Write);
  MutableTensorView view = output.mutableView();
  nb::gil_scoped_release released;
  einsumInto(view, text(equation), operands.views, {}, options);
}

nb::tuple evaluateLabeled(const std::vector<Labels> &labels,
                          const std::optional<Labels> &output,
                          nb::sequence arrays, const Options &options) {
  Operands operands(arrays);
  Tensor result = [&] {
    nb::gil_scoped_release released;
    return einsum(label(operands, labels), output, options);
  }();
  return toNumpy(std::move(result));
}

void evaluateLabeledInto(nb::handle out, const std::vector<Labels> &labels,
                         const std::optional<Labels> &output,
                         nb::sequence arrays, const Options &options) {
  Operands operands(arrays);
  HeldBuffer held(out, HeldBuffer::Access::Write);
  MutableTensorView view = held.mutableView();
  nb::gil_scoped_release released;
  einsumInto(view, label(operands, labels), output, {}, options);
}

Expression compileEquation(nb::bytes equation,
                           const std::vector<std::string> &types,
                           const std::vector<std::vector<int64_t>> &shapes,
                           const std::vector<std::vector<int64_t>> &strides,
                           const Options &options) {
  std::vector<TensorType> operands;
  for (size_t i = 0; i < shapes.size(); ++i)
    operands.emplace_back(elementTypeNamed(types.at(i)).value(), shapes[i],
                          strides.at(i));
  nb::gil_scoped_release released;
  return compile(text(equation), operands, options);
}

void runExpression(const Expression &expression, nb::handle out,
                   nb::sequence arrays) {
  Operands operands(arrays);
  HeldBuffer output(out, HeldBuffer::Access::Write);
  MutableTensorView view = output.mutableView();
  nb::gil_scoped_release released;
  expression.run(view, operands.views);
}

/// Name, shape and strides in elements.
nb::tuple describe(const TensorType &type) {
  nb::list shape, strides;
  for (int64_t extent : type.shape())
    shape.append(extent);
  for (int64_t stride : type.strides())
    strides.append(stride);
  return nb::make_tuple(elementName(type.element()), nb::tuple(shape),
                        nb::tuple(strides));
}

Plan planEquation(nb::bytes equation,
                  const std::vector<std::vector<int64_t>> &shapes,
                  const Options &options) {
  std::vector<IndexList> lists(shapes.begin(), shapes.end());
  nb::gil_scoped_release released;
  return plan(text(equation), lists, options);
}

} // namespace

NB_MODULE(_core, module) {
  translateErrors();
  module.attr("ELLIPSIS") = Ellipsis;

  nb::class_<Options>(module, "Options")
      .def("__init__", [](Options *self, const std::string &method,
                          std::vector<std::vector<uint32_t>> path,
                          const std::string &accumulate, unsigned threads) {
        new (self)
            Options(makeOptions(method, std::move(path), accumulate, threads));
      });

  nb::class_<Plan::Step>(module, "Step", "One contraction of two values.")
      .def_ro("operands", &Plan::Step::operands)
      .def_ro("equation", &Plan::Step::equation)
      .def_ro("flops", &Plan::Step::flops)
      .def_ro("size", &Plan::Step::size)
      .def("__repr__", [](const Plan::Step &step) {
        return "<einc.Step " + step.equation + ">";
      });

  nb::class_<Plan>(module, "Plan",
                   "An order of contraction: steps, flops and a table.")
      .def_ro("steps", &Plan::steps)
      .def_ro("flops", &Plan::flops)
      .def_ro("left_to_right_flops", &Plan::leftToRightFlops)
      .def_ro("largest_intermediate", &Plan::largestIntermediate)
      .def_ro("method", &Plan::method)
      .def_ro("seconds", &Plan::seconds)
      .def("__str__", &Plan::str)
      .def("json", &Plan::json);

  nb::class_<Expression>(module, "Expression")
      .def("run", runExpression)
      .def("plan", &Expression::plan)
      .def("num_operands", &Expression::numOperands)
      .def("operand",
           [](const Expression &expression, size_t i) {
             return describe(expression.operandType(i));
           })
      .def("output",
           [](const Expression &expression) {
             return describe(expression.outputType());
           })
      .def("workspace_bytes", &Expression::workspaceBytes);

  module.def("einsum", evaluate);
  module.def("einsum_into", evaluateInto);
  module.def("einsum_labeled", evaluateLabeled, nb::arg(), nb::arg().none(),
             nb::arg(), nb::arg());
  module.def("einsum_labeled_into", evaluateLabeledInto, nb::arg(), nb::arg(),
             nb::arg().none(), nb::arg(), nb::arg());
  module.def("compile", compileEquation);
  module.def("plan", planEquation);
  module.def("from_dlpack", importDLPack);
  module.def("to_dlpack", exportDLPack);
}
