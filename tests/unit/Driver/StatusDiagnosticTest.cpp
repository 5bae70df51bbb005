// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/StatusDiagnostic.h"

#include <gtest/gtest.h>

using namespace einc;
using runtime::Status;
using runtime::StatusCode;

TEST(StatusDiagnostic, KeepsKindAndText) {
  const std::pair<StatusCode, ErrorKind> rows[] = {
      {StatusCode::BadArtifact, ErrorKind::BadArtifact},
      {StatusCode::OutOfMemory, ErrorKind::OutOfMemory},
      {StatusCode::InvalidArgument, ErrorKind::InvalidArgument},
      {StatusCode::Limit, ErrorKind::Limit},
      {StatusCode::UnsupportedTarget, ErrorKind::UnsupportedTarget},
      {StatusCode::Internal, ErrorKind::Internal},
  };
  for (auto [code, kind] : rows) {
    Diagnostic diagnostic = toDiagnostic(Status::error(code, "step %d", 7));
    EXPECT_EQ(diagnostic.kind, kind);
    EXPECT_EQ(diagnostic.message, "step 7");
  }
}
