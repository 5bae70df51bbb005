// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/StatusDiagnostic.h"

using namespace einc;

static ErrorKind kindOf(runtime::StatusCode code) {
  switch (code) {
  case runtime::StatusCode::BadArtifact:
    return ErrorKind::BadArtifact;
  case runtime::StatusCode::OutOfMemory:
    return ErrorKind::OutOfMemory;
  case runtime::StatusCode::InvalidArgument:
    return ErrorKind::InvalidArgument;
  case runtime::StatusCode::Limit:
    return ErrorKind::Limit;
  case runtime::StatusCode::UnsupportedTarget:
    return ErrorKind::UnsupportedTarget;
  case runtime::StatusCode::Ok:
  case runtime::StatusCode::Internal:
    return ErrorKind::Internal;
  }
  return ErrorKind::Internal;
}

Diagnostic einc::toDiagnostic(const runtime::Status &status) {
  Diagnostic result;
  result.kind = kindOf(status.code());
  result.message = status.message();
  return result;
}
