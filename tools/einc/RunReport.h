// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What `einc run` measured, as text and as JSON.

#ifndef EINC_TOOLS_EINC_RUNREPORT_H
#define EINC_TOOLS_EINC_RUNREPORT_H

#include "compiler/Driver/Compiler.h"
#include "compiler/Reference/Reference.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace einc {

struct RunReport {
  /// From the shapes to the result, without loading libeinc-compiler.so.
  double firstCallSeconds = 0;
  /// The calls of --repeat, sorted.
  std::vector<double> warmSeconds;
  double flops = 0;
  std::optional<Comparison> comparison;
  /// The operands are random: rounding is known to keep below the alarm.
  bool randomOperands = false;

  bool mismatch() const {
    return comparison &&
           (!comparison->ok || (comparison->alarm && randomOperands));
  }
  bool warm() const { return !warmSeconds.empty(); }
  double medianSeconds() const { return warmSeconds[warmSeconds.size() / 2]; }
  double gflops() const { return flops / medianSeconds() * 1e-9; }
};

/// The lines about times and verification that were asked for.
std::string reportText(const RunReport &report,
                       const CompiledExpression &compiled);

/// The object described in tools/einc/README.md, on one line.
std::string reportJSON(const RunReport &report,
                       const CompiledExpression &compiled);

/// Add the times of warm calls, null if there are none, and the verification if
/// there is one.
void addSpeed(nlohmann::ordered_json &object, const RunReport &report);
void addVerification(nlohmann::ordered_json &object, const RunReport &report);

} // namespace einc

#endif // EINC_TOOLS_EINC_RUNREPORT_H
