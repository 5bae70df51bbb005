// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Einsum.h"
#include "compiler/API/ExpressionCache.h"
#include "compiler/API/Throw.h"

#include <cstring>

using namespace einc;

static_assert(Ellipsis == InterleavedEllipsis);

namespace {

/// Writes what an expression is compiled from as bytes. Every part starts with
/// its length or has a fixed one, so that different parts make different keys.
class KeyWriter {
public:
  explicit KeyWriter(std::string &key) : key(key) { key.clear(); }

  void add(int64_t number) {
    char bytes[sizeof(number)];
    std::memcpy(bytes, &number, sizeof(number));
    key.append(bytes, sizeof(number));
  }
  void add(std::string_view text) {
    add(static_cast<int64_t>(text.size()));
    key.append(text);
  }
  void add(std::span<const int64_t> numbers) {
    add(static_cast<int64_t>(numbers.size()));
    for (int64_t number : numbers)
      add(number);
  }
  void add(const TensorType &type) {
    add(static_cast<int64_t>(type.element()) |
        static_cast<int64_t>(type.isConjugated()) << 8);
    add(std::span(type.shape().begin(), type.rank()));
    add(std::span(type.strides().begin(), type.rank()));
  }
  void add(const Options &options) {
    add(options.cpu);
    add(options.optimize);
    add(static_cast<int64_t>(options.path.size()));
    for (const std::vector<uint32_t> &entry : options.path) {
      add(static_cast<int64_t>(entry.size()));
      for (uint32_t number : entry)
        add(static_cast<int64_t>(number));
    }
    add(static_cast<int64_t>(options.ssaPath));
    add(static_cast<int64_t>(options.seed));
    double limit = options.timeLimit.value_or(-1);
    add(std::string_view(reinterpret_cast<const char *>(&limit),
                         sizeof(limit)));
    add(static_cast<int64_t>(options.maxMemory));
    add(options.accumulate ? static_cast<int64_t>(*options.accumulate) : -1);
  }

private:
  std::string &key;
};

/// An equation as a string.
struct TextSource {
  std::string_view text;

  void addTo(KeyWriter &key) const { key.add(text); }
  Result<Equation> parse() const { return parseEquation(text); }
};

/// The interleaved form.
struct LabelSource {
  std::span<const LabeledOperand> operands;
  const std::optional<std::vector<int64_t>> &output;

  void addTo(KeyWriter &key) const {
    key.add(int64_t(-1)); // no text has this length
    for (const LabeledOperand &operand : operands)
      key.add(operand.labels);
    key.add(int64_t(output.has_value()));
    if (output)
      key.add(*output);
  }
  Result<Equation> parse() const {
    std::vector<std::vector<int64_t>> labels;
    for (const LabeledOperand &operand : operands)
      labels.push_back(operand.labels);
    return parseInterleaved(labels, output ? &*output : nullptr);
  }
};

} // namespace

static uint64_t bytesOf(const TensorType &type) {
  return static_cast<uint64_t>(type.size()) * elementBytes(type.element());
}

/// About the memory of an expression: its steps, which grow with the network.
static size_t approximateBytes(const ExpressionAccess::State &state) {
  const StepList &steps = state.compiled->planned.steps;
  // The runtime holds a second, bound copy.
  return 4096 + 2 * (steps.tokens.size() * sizeof(EincToken) +
                     steps.steps.size() * sizeof(EincStep) +
                     steps.params.size() * sizeof(EincExpression) +
                     steps.pointers.size() * sizeof(EincPointer));
}

/// A text that this thread keeps, so that a call found in the cache allocates
/// nothing. Destructors of static objects run when the thread's own objects
/// are gone; a call from there gets `late`.
static std::string &textOfThread(std::string &late) {
  thread_local bool destroyed = false;
  struct Text {
    std::string text;
    ~Text() { destroyed = true; }
  };
  thread_local Text kept;
  return destroyed ? late : kept.text;
}

/// The expression for this call, from the cache or compiled. `output`: null for
/// a dense row-major one.
template <typename Source>
static ExpressionAccess::StatePtr
findExpression(const Source &source, std::span<const TensorView> operands,
               const TensorType *output, const Options &options) {
  std::string late;
  std::string &key = textOfThread(late);
  KeyWriter writer(key);
  if (options.cacheCompiled) {
    source.addTo(writer);
    writer.add(static_cast<int64_t>(operands.size()));
    for (const TensorView &operand : operands)
      writer.add(operand.type());
    writer.add(static_cast<int64_t>(output != nullptr));
    if (output)
      writer.add(*output);
    writer.add(options);
    if (auto state = ExpressionCache::process().find(key))
      return state;
  }

  std::vector<TensorType> types;
  uint64_t residentBytes = output ? bytesOf(*output) : 0;
  for (const TensorView &operand : operands) {
    types.push_back(operand.type());
    if (__builtin_add_overflow(residentBytes, bytesOf(types.back()),
                               &residentBytes))
      residentBytes = UINT64_MAX;
  }
  auto state =
      compileEquation(source.parse(), types, output, options, residentBytes);
  if (options.cacheCompiled)
    ExpressionCache::process().insert(key, state, approximateBytes(*state));
  return state;
}

template <typename Source>
static Tensor compute(const Source &source,
                      std::span<const TensorView> operands,
                      const Options &options) {
  return orOutOfMemory([&] {
    auto state = findExpression(source, operands, nullptr, options);
    Tensor result =
        Tensor::uninitialized(state->output.shape(), state->output.element());
    state->run(result, operands, {.threads = options.threads});
    return result;
  });
}

template <typename Source>
static void computeInto(const MutableTensorView &out, const Source &source,
                        std::span<const TensorView> operands,
                        const RunOptions &run, const Options &options) {
  orOutOfMemory([&] {
    RunOptions runOptions = run;
    if (runOptions.threads == 0)
      runOptions.threads = options.threads;
    findExpression(source, operands, &out.type(), options)
        ->run(out, operands, runOptions);
  });
}

static std::vector<TensorView>
tensorsOf(std::span<const LabeledOperand> operands) {
  std::vector<TensorView> result;
  for (const LabeledOperand &operand : operands)
    result.push_back(operand.tensor);
  return result;
}

Tensor einc::einsum(std::string_view equation,
                    std::span<const TensorView> operands,
                    const Options &options) {
  return compute(TextSource{equation}, operands, options);
}

Tensor einc::einsum(std::span<const LabeledOperand> operands,
                    const std::optional<std::vector<int64_t>> &output,
                    const Options &options) {
  return compute(LabelSource{operands, output}, tensorsOf(operands), options);
}

void einc::einsumInto(const MutableTensorView &out, std::string_view equation,
                      std::span<const TensorView> operands,
                      const RunOptions &run, const Options &options) {
  computeInto(out, TextSource{equation}, operands, run, options);
}

void einc::einsumInto(const MutableTensorView &out,
                      std::span<const LabeledOperand> operands,
                      const std::optional<std::vector<int64_t>> &output,
                      const RunOptions &run, const Options &options) {
  computeInto(out, LabelSource{operands, output}, tensorsOf(operands), run,
              options);
}

Expression einc::compile(std::string_view equation,
                         std::span<const TensorType> operands,
                         const Options &options) {
  return orOutOfMemory([&] {
    return ExpressionAccess::make(
        compileEquation(parseEquation(equation), operands, nullptr, options));
  });
}

Expression einc::compileInto(const TensorType &output,
                             std::string_view equation,
                             std::span<const TensorType> operands,
                             const Options &options) {
  return orOutOfMemory([&] {
    return ExpressionAccess::make(
        compileEquation(parseEquation(equation), operands, &output, options));
  });
}
