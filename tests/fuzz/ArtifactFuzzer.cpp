// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: an artifact as text, one entry of an array a line: a letter, then
/// numbers in the order of the struct's fields. It is checked and bound; code
/// in it is mapped and never run. Then it is a program's only variants.
///
///     h numExtents numCounters scalarType workspaceFirst workspaceCount
///     x extent                       a value of an open extent
///     a type rank openStrides flags strided extents...    argument; without
///                                    strides where `openStrides` is not 0,
///                                    then open from that number - 1 on
///     g guardFirst guardCount cpu    variant of a program
///     t opcode value                 token
///     k scratchBytes numPointers imageBytes entryOffset    0 bytes: no image
///     b kind argument offsetFirst offsetCount bytesFirst bytesCount hasData
///     p buffer first count           pointer
///     q first count                  param
///     s kind kernel firstPointer firstParam numParams bodySteps counter
///       extentFirst extentCount minGrainsFirst minGrainsCount

#include "tests/fuzz/Fuzz.h"

#include "runtime/Program.h"

#include <charconv>
#include <cstring>
#include <deque>
#include <vector>

using namespace einc;
using namespace einc::fuzz;

namespace {

void notCalled(void *const *, const int64_t *, void *, int64_t, int64_t) {
  require(false, "no code is run");
}

/// The numbers of a line; 0 where they end.
class Numbers {
public:
  explicit Numbers(std::string_view line) : rest(line) {}

  int64_t next() {
    while (!rest.empty() && rest.front() == ' ')
      rest.remove_prefix(1);
    int64_t number = 0;
    auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), number);
    rest.remove_prefix(size_t(end - rest.data()));
    return error == std::errc() ? number : 0;
  }
  uint32_t word() { return uint32_t(next()); }
  EincExpression expression() {
    uint32_t first = word();
    return {first, word()};
  }

private:
  std::string_view rest;
};

/// Arrays of exactly their length, so that the address sanitizer sees every
/// read past an end.
struct Arrays {
  std::vector<EincKernel> kernels;
  std::vector<EincToken> tokens;
  std::vector<EincBuffer> buffers;
  std::vector<EincPointer> pointers;
  std::vector<EincExpression> params;
  std::vector<EincStep> steps;
  std::vector<EincArgument> arguments;
  std::vector<int64_t> extents;
  std::vector<EincVariant> variants;
  /// What arguments point to; deques do not move.
  std::deque<std::vector<int64_t>> shapes;
  EincArtifact artifact = {};

  explicit Arrays(std::string_view text);
  void read(std::string_view line);
};

constexpr uint32_t MaxRank = 8;
constexpr size_t MaxImageBytes = 256;
const unsigned char Image[MaxImageBytes] = {};

void Arrays::read(std::string_view line) {
  if (line.empty())
    return;
  Numbers numbers(line.substr(1));
  switch (line.front()) {
  case 'h':
    artifact.numExtents = numbers.word();
    artifact.numCounters = numbers.word();
    artifact.scalarType = numbers.word();
    artifact.workspaceBytes = numbers.expression();
    break;
  case 'x':
    extents.push_back(numbers.next());
    break;
  case 'a': {
    EincArgument argument = {"",      numbers.word(),       0, nullptr,
                             nullptr, EINC_NO_OPEN_STRIDES, 0};
    argument.rank = numbers.word() % (MaxRank + 1);
    if (uint32_t number = numbers.word())
      argument.openStrides = number - 1;
    argument.flags = numbers.word();
    bool strided = numbers.word() != 0;
    std::vector<int64_t> &shape = shapes.emplace_back();
    for (uint32_t axis = 0; axis < argument.rank; ++axis)
      shape.push_back(numbers.next());
    argument.extents = shape.data();
    if (strided)
      argument.strides = shape.data();
    arguments.push_back(argument);
    break;
  }
  case 'g': {
    EincVariant variant = {};
    variant.guard = numbers.expression();
    variant.cpu = numbers.word();
    variants.push_back(variant);
    break;
  }
  case 't': {
    uint32_t opcode = numbers.word();
    tokens.push_back({numbers.next(), opcode, 0});
    break;
  }
  case 'k': {
    EincKernel kernel = {};
    kernel.scratchBytes = uint64_t(numbers.next());
    kernel.numPointers = numbers.word();
    kernel.imageBytes = uint64_t(numbers.next()) % (MaxImageBytes + 1);
    kernel.entryOffset = uint64_t(numbers.next());
    if (kernel.imageBytes > 0)
      kernel.image = Image;
    else
      kernel.function = notCalled;
    kernels.push_back(kernel);
    break;
  }
  case 'b': {
    EincBuffer buffer = {};
    buffer.kind = numbers.word();
    buffer.argument = numbers.word();
    buffer.offset = numbers.expression();
    buffer.bytes = numbers.expression();
    buffer.data = numbers.next() ? Image : nullptr;
    buffers.push_back(buffer);
    break;
  }
  case 'p': {
    uint32_t buffer = numbers.word();
    pointers.push_back({buffer, 0, numbers.expression()});
    break;
  }
  case 'q':
    params.push_back(numbers.expression());
    break;
  case 's': {
    EincStep step = {};
    for (uint32_t *field :
         {&step.kind, &step.kernel, &step.firstPointer, &step.firstParam,
          &step.numParams, &step.bodySteps, &step.counter})
      *field = numbers.word();
    step.extent = numbers.expression();
    step.minGrains = numbers.expression();
    steps.push_back(step);
    break;
  }
  }
}

template <typename T>
void attach(std::vector<T> &array, const T *&field, uint32_t &count) {
  array.shrink_to_fit();
  field = array.data();
  count = uint32_t(array.size());
}

Arrays::Arrays(std::string_view text) {
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    read(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  artifact.abi = EINC_ARTIFACT_ABI;
  artifact.size = sizeof(EincArtifact);
  attach(kernels, artifact.kernels, artifact.numKernels);
  attach(tokens, artifact.tokens, artifact.numTokens);
  attach(buffers, artifact.buffers, artifact.numBuffers);
  attach(pointers, artifact.pointers, artifact.numPointers);
  attach(params, artifact.params, artifact.numParams);
  attach(steps, artifact.steps, artifact.numSteps);
  attach(arguments, artifact.arguments, artifact.numArguments);
}

} // namespace

static void checkProgram(Arrays &arrays) {
  std::vector<EincOpenNumber> names(arrays.extents.size(), {"n", -1});
  for (EincVariant &variant : arrays.variants) {
    variant.artifact = &arrays.artifact;
    variant.architecture = runtime::hostProcessor().architecture;
  }
  EincProgram program = {};
  program.abi = EINC_ARTIFACT_ABI;
  program.size = sizeof(EincProgram);
  program.variants = arrays.variants.data();
  program.numVariants = uint32_t(arrays.variants.size());
  program.openNumbers = names.data();
  program.numOpenNumbers = uint32_t(names.size());
  std::shared_ptr<runtime::LoadedProgram> loaded;
  runtime::Status status = runtime::LoadedProgram::create(program, loaded);
  require(status.ok() == (loaded != nullptr), "a program or a reason why not");
  if (!loaded)
    return;
  std::shared_ptr<const runtime::BoundProgram> bound, again;
  status = loaded->bind(arrays.extents, bound);
  require(status.ok() == (bound != nullptr), "bound, or a reason why not");
  require(status.code() != runtime::StatusCode::Internal,
          "no input shows a defect");
  if (!bound)
    return;
  require(loaded->bind(arrays.extents, again).ok() && again == bound,
          "what is bound is kept");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arrays arrays(textOf(data, size));
  checkProgram(arrays);
  std::shared_ptr<const runtime::Executable> executable;
  runtime::Status status =
      runtime::Executable::create(arrays.artifact, arrays.extents, executable);
  require(status.ok() == (executable != nullptr),
          "an executable or a reason why not");
  require(status.ok() == (std::strlen(status.message()) == 0),
          "a message for every failure");
  require(status.code() != runtime::StatusCode::Internal,
          "no input shows a defect");
  if (!executable)
    return 0;
  for (unsigned threads : {1u, 3u, runtime::MaxThreads})
    require(executable->workspaceBytes(threads) >=
                executable->workspaceBytes(1),
            "more threads take no less memory");
  return 0;
}
