// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Forms of sums as text.

#include "compiler/Schedule/SumForm.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {
constexpr Spelling<bool> forms[] = {{false, "rows"}, {true, "columns"}};
constexpr Spelling<bool> reads[] = {{false, "scalars"}, {true, "vectors"}};
constexpr Spelling<bool> depths[] = {{false, "loop"}, {true, "nest"}};
constexpr Spelling<bool> factors[] = {{false, "vectors"}, {true, "constant"}};
constexpr Spelling<bool> outputs[] = {{false, "strided"}, {true, "contiguous"}};
} // namespace

// The last words are of columns in vectors only.
void SumForm::write(std::string &out, bool hasB) const {
  writeWord(out, "form=", spell(forms, columns));
  writeWord(out, "read=", spell(reads, vectors));
  writeWord(out, "k=", spell(depths, nestedK));
  if (!columns || !vectors)
    return;
  if (hasB)
    writeWord(out, "b=", spell(factors, constantB));
  writeWord(out, "out=", spell(outputs, contiguousOutput));
}

void SumForm::read(ScheduleReader &reader, bool hasB) {
  reader.choice("form=", forms, columns);
  reader.choice("read=", reads, vectors);
  reader.choice("k=", depths, nestedK);
  if (!columns || !vectors)
    return;
  if (hasB)
    reader.choice("b=", factors, constantB);
  reader.choice("out=", outputs, contiguousOutput);
}

} // namespace einc
