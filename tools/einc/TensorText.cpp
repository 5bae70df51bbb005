// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/TensorText.h"

#include "einc/TensorView.h"

#include <sstream>

namespace einc {

std::string tensorText(const TensorData &tensor) {
  std::ostringstream stream;
  stream << TensorView(tensor.elements.get(),
                       TensorType(tensor.layout.type,
                                  IndexList(tensor.layout.extents),
                                  IndexList(tensor.layout.strides)));
  return std::move(stream).str() + "\n";
}

} // namespace einc
