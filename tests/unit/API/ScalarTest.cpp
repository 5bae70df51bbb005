// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Scalars, and alpha and beta in each type: what is taken and what is not.

#include "compiler/API/Scalars.h"
#include "einc/Options.h"
#include "tests/unit/API/Throws.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;

namespace {

using C = std::complex<double>;

static_assert(std::is_convertible_v<bool, Scalar>);
static_assert(std::is_convertible_v<unsigned long long, Scalar>);
static_assert(std::is_convertible_v<std::complex<float>, Scalar>);
static_assert(std::is_convertible_v<BFloat16, Scalar>);
static_assert(!std::is_convertible_v<const char *, Scalar>);
static_assert(!std::is_convertible_v<std::complex<int>, Scalar>);

TEST(Scalar, KeepsNumbersAsTheyAre) {
  EXPECT_TRUE(Scalar(INT64_MAX).isInteger());
  EXPECT_EQ(Scalar(INT64_MAX).integer(), INT64_MAX);
  EXPECT_EQ(Scalar(INT64_MIN).integer(), INT64_MIN);
  EXPECT_EQ(Scalar(uint64_t(INT64_MAX)).integer(), INT64_MAX);
  EXPECT_FALSE(Scalar(UINT64_MAX).isInteger());
  EXPECT_EQ(Scalar(UINT64_MAX).real(), 0x1p64);
  EXPECT_TRUE(Scalar(true).isInteger());
  EXPECT_FALSE(Scalar(2.0).isInteger());
  EXPECT_EQ(Scalar(-7).real(), -7);
  EXPECT_TRUE(Scalar(std::complex<float>(1, 0)).isComplex());
  EXPECT_EQ(Scalar(C(0.1, -0.2)).imag(), -0.2);
  EXPECT_EQ(Scalar(Half(0.5f)).real(), 0.5);
  EXPECT_EQ(Scalar(BFloat16(-3.f)).real(), -3);
  EXPECT_EQ(Scalar(3), Scalar(C(3, 0)));
  EXPECT_NE(Scalar(INT64_MAX), Scalar(INT64_MAX - 1));
  EXPECT_NE(Scalar(3), Scalar(C(3, 1)));
  EXPECT_EQ(Scalar(), Scalar(0));
}

TEST(Scalar, Prints) {
  EXPECT_EQ(scalarText(-3), "-3");
  EXPECT_EQ(scalarText(INT64_MIN), "-9223372036854775808");
  EXPECT_EQ(scalarText(2.0), "2.0");
  EXPECT_EQ(scalarText(1e300), "1e+300");
  EXPECT_EQ(scalarText(C(1, -2.5)), "(1-2.5j)");
  EXPECT_EQ(scalarText(std::nan("")), "nan");
}

/// alpha and beta of type T as makeScalarPair lays them out.
template <typename T>
std::pair<T, T> pairOf(ElementType type, Scalar alpha, Scalar beta) {
  ScalarPair pair = makeScalarPair(type, alpha, beta);
  T values[2];
  std::memcpy(values, pair.bytes, sizeof(values));
  return {values[0], values[1]};
}

TEST(ScalarPair, HasTheComputeType) {
  using enum ElementType;
  EXPECT_EQ(pairOf<float>(F32, 0.1, 2), std::pair(0.1f, 2.f));
  EXPECT_EQ(pairOf<double>(F64, 0.1, C(3, 0)), std::pair(0.1, 3.));
  EXPECT_EQ(pairOf<float>(F16, 70000, Half(0.1)),
            std::pair(70000.f, float(Half(0.1))));
  EXPECT_EQ(pairOf<float>(BF16, 0.1f, 0), std::pair(0.1f, 0.f));
  using CF = std::complex<float>;
  EXPECT_EQ(pairOf<CF>(C64, C(0.1, -2), 3), std::pair(CF(0.1f, -2), CF(3)));
  EXPECT_EQ(pairOf<C>(C128, CF(1, 2), -4.5), std::pair(C(1, 2), C(-4.5)));
  EXPECT_EQ(pairOf<int32_t>(I8, -128, 127.0), std::pair(-128, 127));
  EXPECT_EQ(pairOf<int32_t>(I16, 32767, -32768), std::pair(32767, -32768));
  EXPECT_EQ(pairOf<int32_t>(U8, 255, false), std::pair(255, 0));
  EXPECT_EQ(pairOf<int32_t>(I32, INT32_MIN, INT32_MAX),
            std::pair(INT32_MIN, INT32_MAX));
  EXPECT_EQ(pairOf<int64_t>(I64, INT64_MAX, INT64_MIN),
            std::pair(INT64_MAX, INT64_MIN));
  EXPECT_EQ(pairOf<int64_t>(I64, -0x1p63, C(5, 0)),
            std::pair(INT64_MIN, int64_t(5)));
  EXPECT_EQ(pairOf<bool>(Bool, true, 0.0), std::pair(true, false));
  EXPECT_EQ(pairOf<float>(F32, HUGE_VAL, 1e-300), std::pair(HUGE_VALF, 0.f));
  EXPECT_TRUE(std::isnan(pairOf<double>(F64, std::nan(""), 1).first));
}

struct Refusal {
  ElementType type;
  Scalar alpha;
  const char *message;
};

TEST(ScalarPair, RefusesWhatTheResultCannotHold) {
  using enum ElementType;
  const Refusal rows[] = {
      {F32, C(1, 2), "(1+2j), but a result of type f32 takes real numbers"},
      {BF16, C(0, -1), "-1j, but a result of type bf16 takes real numbers"},
      {I32, C(1, 2), "(1+2j), but a result of type i32 takes real numbers"},
      {F32, 1e300,
       "1e+300, but a result of type f32 takes numbers that f32 holds"},
      {F16, -1e39,
       "-1e+39, but a result of type f16 takes numbers that f32 holds"},
      {C64, C(1, 1e39),
       "(1+1e+39j), but a result of type c64 takes numbers that f32 holds"},
      {I8, 1.5,
       "1.5, but a result of type i8 takes whole numbers from -128 to 127"},
      {I8, 128,
       "128, but a result of type i8 takes whole numbers from -128 to 127"},
      {U8, -1, "-1, but a result of type u8 takes whole numbers from 0 to 255"},
      {I16, 32768.0,
       "32768.0, but a result of type i16 takes whole numbers from -32768 to "
       "32767"},
      {I32, int64_t(1) << 31,
       "2147483648, but a result of type i32 takes whole numbers from "
       "-2147483648 to 2147483647"},
      {I64, 0x1p63,
       "9.223372036854776e+18, but a result of type i64 takes whole numbers "
       "from -9223372036854775808 to 9223372036854775807"},
      {I64, std::nan(""),
       "nan, but a result of type i64 takes whole numbers from "
       "-9223372036854775808 to 9223372036854775807"},
      {Bool, 2, "2, but a result of type bool takes 0 and 1"},
      {Bool, 0.5, "0.5, but a result of type bool takes 0 and 1"},
      {Bool, -1, "-1, but a result of type bool takes 0 and 1"},
  };
  for (const Refusal &row : rows) {
    EXPECT_EQ(errorOf([&] { makeScalarPair(row.type, row.alpha, 0); }),
              std::string("invalid-argument: alpha is ") + row.message);
    EXPECT_EQ(errorOf([&] { makeScalarPair(row.type, 1, row.alpha); }),
              std::string("invalid-argument: beta is ") + row.message);
  }
}

TEST(RunOptions, TakeNumbersOfAnyKind) {
  RunOptions options = {.alpha = C(1, 2), .beta = 1};
  EXPECT_TRUE(options.alpha.isComplex());
  EXPECT_TRUE(options.beta.isInteger());
  EXPECT_EQ(RunOptions().alpha, 1);
  EXPECT_EQ(RunOptions().beta, 0);
}

} // namespace
