// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Long equations made by the rules of generated.tsv.

#ifndef EINC_TESTS_CONFORMANCE_GENERATEDEQUATION_H
#define EINC_TESTS_CONFORMANCE_GENERATEDEQUATION_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace einc::conformance {

struct GeneratedEquation {
  std::string text;
  std::vector<std::vector<int64_t>> shapes;
};

/// Label number n in UTF-8: a-z, A-Z, then code point n + 140 past U+00C0,
/// leaving out surrogates.
std::string symbol(uint32_t n);

/// The equation that `rule` makes for `n`; empty text for an unknown rule.
///
///     chain      'ab,bc,cd->ad'       operand k has shape (2+k%3, 2+(k+1)%3)
///     ring       'ab,bc,ca->'         all (2, 2)
///     star       'ab,ac,ad->a'        all (3, 2)
///     same       'i,i,i->i'           all (3)
///     scalars    ',,'                 n operands
///     nest       '((ab,bc),cd)->ad'   all (2, 2)
///     deep       '(((ij)))->ji'       (2, 3)
///     unclosed   '((('                one scalar
///     blanks     'i   j ->   ji'      (2, 3)
///     words      'bond0 bond1, bond1 bond2 -> bond0 bond2'   as chain
///     clash      chain, but the last operand's first extent is 7
///     mistyped   chain with '%' as its last character
///     longlabel  'xxx y -> y xxx'     (2, 3)
GeneratedEquation generate(std::string_view rule, uint32_t n);

/// FNV-1a of 64 bits.
uint64_t fnv1a64(std::string_view bytes);

} // namespace einc::conformance

#endif // EINC_TESTS_CONFORMANCE_GENERATEDEQUATION_H
