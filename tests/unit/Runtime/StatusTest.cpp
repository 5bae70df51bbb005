// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Messages.

#include "runtime/Status.h"

#include <gtest/gtest.h>
#include <string>

using namespace einc::runtime;

namespace {

TEST(Status, CutsLongMessages) {
  const Status status =
      Status::error(StatusCode::Limit, "%s", std::string(1000, 'x').c_str());
  EXPECT_EQ(std::string(status.message()), std::string(155, 'x'));
  EXPECT_FALSE(status.ok());
  EXPECT_FALSE(status);
  EXPECT_STREQ(Status().message(), "");
}

} // namespace
