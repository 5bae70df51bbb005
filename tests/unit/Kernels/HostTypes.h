// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Element types as C++ types, to compute on the host what kernels must.

#ifndef EINC_TESTS_UNIT_KERNELS_HOSTTYPES_H
#define EINC_TESTS_UNIT_KERNELS_HOSTTYPES_H

#include "compiler/Schedule/Machine.h"
#include "einc/ElementType.h"
#include "einc/Half.h"

#include <complex>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace einc::test {

/// A byte, 0 or 1.
struct Boolean {
  uint8_t value = 0;
  friend bool operator==(Boolean, Boolean) = default;
};

template <typename T> constexpr bool isComplexHost = false;
template <typename R> constexpr bool isComplexHost<std::complex<R>> = true;

/// What sums of a type have, as computeType() says.
template <typename T> struct ComputeHost {
  static constexpr bool isSmall = std::is_integral_v<T> && sizeof(T) < 4;
  using type = std::conditional_t<isSmall, int32_t, T>;
};
template <> struct ComputeHost<Half> {
  using type = float;
};
template <> struct ComputeHost<BFloat16> {
  using type = float;
};
template <typename T> using ComputeOf = typename ComputeHost<T>::type;
/// Whether a type computes in itself.
template <typename T>
constexpr bool isCompute = std::is_same_v<ComputeOf<T>, T>;

/// Calls `visit.template operator()<T>(type)` for all element types.
template <typename Visit> void forEachType(Visit visit) {
  visit.template operator()<float>(ElementType::F32);
  visit.template operator()<double>(ElementType::F64);
  visit.template operator()<std::complex<float>>(ElementType::C64);
  visit.template operator()<std::complex<double>>(ElementType::C128);
  visit.template operator()<int8_t>(ElementType::I8);
  visit.template operator()<int16_t>(ElementType::I16);
  visit.template operator()<int32_t>(ElementType::I32);
  visit.template operator()<int64_t>(ElementType::I64);
  visit.template operator()<uint8_t>(ElementType::U8);
  visit.template operator()<Boolean>(ElementType::Bool);
  visit.template operator()<Half>(ElementType::F16);
  visit.template operator()<BFloat16>(ElementType::BF16);
}

/// The same for the compute types.
template <typename Visit> void forEachComputeType(Visit visit) {
  forEachType([&]<typename T>(ElementType type) {
    if constexpr (isCompute<T>)
      visit.template operator()<T>(type);
  });
}

/// The targets that this host runs.
inline std::vector<Target> hostTargets() {
  std::vector<Target> targets;
  for (Target::ISA isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4})
    if (hostSupports({isa}))
      targets.push_back({isa});
  return targets;
}

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_HOSTTYPES_H
