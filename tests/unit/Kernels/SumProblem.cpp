// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Kernels/SumProblem.h"

#include "einc/Half.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace einc::test {

namespace {

template <typename T> T readAs(const void *from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}
template <typename T> void writeAs(void *to, T value) {
  std::memcpy(to, &value, sizeof(T));
}

constexpr ElementType compute(const StepTypes &types) {
  return computeType(types.output);
}

} // namespace

Whole readElement(ElementType type, const void *from) {
  switch (type) {
  case ElementType::F32:
    return readAs<float>(from);
  case ElementType::F64:
    return readAs<double>(from);
  case ElementType::C64: {
    auto value = readAs<std::complex<float>>(from);
    return {value.real(), value.imag()};
  }
  case ElementType::C128:
    return readAs<std::complex<double>>(from);
  case ElementType::I8:
    return readAs<int8_t>(from);
  case ElementType::I16:
    return readAs<int16_t>(from);
  case ElementType::I32:
    return readAs<int32_t>(from);
  case ElementType::I64:
    return double(readAs<int64_t>(from));
  case ElementType::U8:
  case ElementType::Bool:
    return readAs<uint8_t>(from);
  case ElementType::F16:
    return float(readAs<Half>(from));
  case ElementType::BF16:
    return float(readAs<BFloat16>(from));
  }
  return 0;
}

void writeElement(ElementType type, void *to, Whole value) {
  const double re = value.real();
  auto whole = [&] { return int64_t(re); };
  switch (type) {
  case ElementType::F32:
    return writeAs(to, float(re));
  case ElementType::F64:
    return writeAs(to, re);
  case ElementType::C64:
    return writeAs(to, std::complex<float>(value));
  case ElementType::C128:
    return writeAs(to, value);
  case ElementType::I8:
    return writeAs(to, int8_t(whole()));
  case ElementType::I16:
    return writeAs(to, int16_t(whole()));
  case ElementType::I32:
    return writeAs(to, int32_t(whole()));
  case ElementType::I64:
    return writeAs(to, whole());
  case ElementType::U8:
    return writeAs(to, uint8_t(whole()));
  case ElementType::Bool:
    return writeAs(to, uint8_t(re != 0));
  case ElementType::F16:
    return writeAs(to, Half(float(re)));
  case ElementType::BF16:
    return writeAs(to, BFloat16(float(re)));
  }
}

SumProblem::SumProblem(std::vector<SumLoop> loops, StepTypes types,
                       unsigned numOperands, SumLayout layout,
                       std::mt19937_64 &random)
    : types(types), numOperands(numOperands) {
  for (size_t i = 0; i < loops.size(); ++i) {
    StepLabel label{LabelId(i), loops[i].extent};
    std::copy(loops[i].in, loops[i].in + 3, label.in);
    labels.push_back(label);
    names.push_back(std::string(1, char('a' + i)));
  }
  auto oneIn = [&](unsigned n) { return random() % n == 0; };
  for (unsigned tensor = 0; tensor <= numOperands; ++tensor) {
    const int64_t unit = types.unit(tensor);
    // A line need not be contiguous in the output as well.
    const bool ordered = layout.ordered && (tensor > 0 || oneIn(2));
    std::vector<size_t> order;
    for (size_t i = 0; i < loops.size(); ++i)
      if (loops[i].in[tensor])
        order.push_back(i);
    if (!ordered && oneIn(3))
      std::shuffle(order.begin(), order.end(), random);
    int64_t stride = !ordered && oneIn(4) ? 2 : 1;
    for (size_t i : order) {
      const int64_t extent = std::max<int64_t>(loops[i].extent, 1);
      int64_t &step = labels[i].strides[tensor];
      step = stride * unit;
      bool stands = !ordered
                        ? tensor > 0 && layout.zeroStrides && oneIn(10)
                        : tensor == 2 && i == 0 && loops[i].in[0] && oneIn(3);
      if (stands) {
        step = 0;
        continue;
      }
      stride *= extent;
      if (oneIn(4))
        stride += 3;
      // From the other end, but for the first of an ordered layout.
      if (oneIn(6) && !(ordered && i == order[0])) {
        origins[tensor] += (extent - 1) * step;
        step = -step;
      }
    }
    // Elements are aligned, vectors are not.
    const int64_t before = int64_t(random() % 8);
    origins[tensor] += before * unit;
    buffers[tensor].resize(size_t((stride + before + 1) * unit));
    const int64_t count = int64_t(buffers[tensor].size()) / unit;
    const uint64_t factor = 2 * (random() % 40) + 7, start = random() % 50;
    for (int64_t i = 0; i < count; ++i) {
      uint64_t number = uint64_t(i) * factor + start;
      ElementType type = types.of(tensor);
      double re = double(number % 13) - (type == ElementType::U8 ? 0 : 6);
      if (type == ElementType::Bool)
        re = number % 5 == 0;
      Whole value(re, isComplex(type) ? double(number % 7) - 3 : 0);
      writeElement(type, buffers[tensor].data() + i * unit, value);
    }
  }
}

Whole SumProblem::element(unsigned tensor, int64_t place) const {
  Whole value = readElement(types.of(tensor), buffers[tensor].data() + place);
  return tensor > 0 && types.conjugate[tensor - 1] ? std::conj(value) : value;
}

std::vector<unsigned char> SumProblem::expected(Whole alpha, Whole beta) const {
  const int64_t unit = types.unit(RoleC);
  const size_t elements = buffers[0].size() / size_t(unit);
  const size_t first = size_t(origins[0] % unit); // 0: elements are aligned
  std::vector<Whole> sums(elements);
  std::vector<bool> touched(elements, false);
  std::vector<int64_t> index(labels.size(), 0);
  bool emptyOutput = false, emptySum = false;
  for (const StepLabel &label : labels)
    if (label.extent == 0)
      (label.in[RoleC] ? emptyOutput : emptySum) = true;
  const bool logical = types.output == ElementType::Bool;
  while (!emptyOutput) {
    int64_t places[3];
    for (unsigned t = 0; t < 3; ++t) {
      places[t] = origins[t];
      for (size_t i = 0; i < labels.size(); ++i)
        places[t] += index[i] * labels[i].strides[t];
    }
    size_t at = size_t(places[0] / unit);
    touched[at] = true;
    if (!emptySum) {
      Whole product = element(1, places[1]);
      if (numOperands == 2)
        product *= element(2, places[2]);
      sums[at] += product;
    }
    size_t i = 0;
    for (; i < labels.size() && ++index[i] >= labels[i].extent; ++i)
      index[i] = 0;
    if (i == labels.size())
      break;
  }
  std::vector<unsigned char> result = buffers[0];
  for (size_t i = 0; i < elements; ++i)
    if (touched[i]) {
      unsigned char *place = result.data() + first + i * size_t(unit);
      Whole sum = logical && sums[i] != 0. ? 1 : sums[i];
      Whole value = alpha * sum;
      if (beta != 0.)
        value += beta * readElement(types.output, place);
      writeElement(types.output, place, value);
    }
  return result;
}

bool SumProblem::run(const JitKernel &kernel, const KernelChoice &choice,
                     Whole alpha, Whole beta, std::mt19937_64 *cuts) {
  alignas(16) unsigned char scalars[32];
  writeElement(compute(types), scalars, alpha);
  writeElement(compute(types), scalars + elementBytes(compute(types)), beta);
  std::vector<void *> pointers;
  for (unsigned tensor = 0; tensor <= numOperands; ++tensor)
    pointers.push_back(buffers[tensor].data() + origins[tensor]);
  pointers.push_back(scalars);
  if (!cuts)
    return kernel.call(pointers.data(), choice.params, 0, choice.grains);
  bool intact = true;
  for (int64_t begin = 0; begin < choice.grains;) {
    int64_t end = std::min<int64_t>(
        choice.grains, begin + 1 + int64_t((*cuts)() % choice.grains));
    intact &= kernel.call(pointers.data(), choice.params, begin, end);
    begin = end;
  }
  return intact;
}

void SumProblem::fillOutput(double value) {
  const size_t unit = size_t(types.unit(RoleC));
  for (size_t at = 0; at + unit <= buffers[0].size(); at += unit)
    writeElement(types.output, buffers[0].data() + at, {value, value});
}

void SumProblem::fillWithFractions(std::mt19937_64 &random) {
  std::uniform_real_distribution<double> any(-1, 1);
  for (unsigned tensor = 1; tensor <= numOperands; ++tensor) {
    const size_t unit = size_t(types.unit(tensor));
    for (size_t at = 0; at + unit <= buffers[tensor].size(); at += unit)
      writeElement(types.of(tensor), buffers[tensor].data() + at,
                   {any(random), any(random)});
  }
}

std::string SumProblem::text() const {
  std::string out;
  for (const StepLabel &label : labels) {
    out += names[label.label] + "=" + std::to_string(label.extent) + " (";
    for (unsigned t = 0; t <= numOperands; ++t)
      out += (t ? ", " : "") +
             (label.in[t] ? std::to_string(label.strides[t]) : "-");
    out += ") ";
  }
  return out;
}

Result<const JitKernel *> KernelCollection::get(const Schedule &schedule,
                                                const Target &target) {
  auto &kernel = kernels[schedule.text() + target.text()];
  if (!kernel) {
    auto made = JitKernel::make(schedule, target);
    if (!made)
      return std::move(made).error();
    kernel = std::move(*made);
  }
  return kernel.get();
}

namespace {

std::optional<KernelChoice> choose(Family family, const StepProblem &problem) {
  switch (family) {
  case Family::Reduce:
    return chooseReduceKernel(problem);
  case Family::Dot:
    return chooseDotKernel(problem);
  default:
    return chooseGemvKernel(problem);
  }
}

/// The form's text: what a family must show all of.
std::string formOf(const Schedule &schedule) {
  std::string text = schedule.text();
  return text.substr(text.find("form="));
}

/// Loops that the family takes, the first one innermost in ordered layouts.
std::vector<SumLoop> randomLoops(Family family, std::mt19937_64 &random) {
  constexpr int64_t extents[] = {2,  3,  4,  5,  7,  8,  9,   13,  16, 17,
                                 31, 33, 47, 64, 65, 67, 128, 131, 300};
  auto extent = [&](size_t limit) { return extents[random() % limit]; };
  const SumLoop m{0, {true, true, false}}, k{0, {false, true, true}},
      batch{0, {true, true, true}};
  std::vector<SumLoop> loops;
  auto add = [&](SumLoop loop, int64_t length) {
    loop.extent = length;
    if (family == Family::Reduce)
      loop.in[2] = false;
    loops.push_back(loop);
  };
  const SumLoop outputs[] = {family == Family::Dot ? batch : m,
                             family == Family::Reduce ? m : batch};
  // One long loop, k or of the output, then some shorter ones.
  bool longK = random() % 2 == 0;
  add(longK ? k : outputs[random() % 2], extent(std::size(extents)));
  if (!longK)
    add(k, extent(longK ? 3 : 10));
  if (family == Family::Gemv && (longK || loops[0].in[2])) // a matrix has an m
    add(m, extent(longK ? 9 : 4));
  for (unsigned i = random() % 3; i > 0; --i)
    add(outputs[random() % 2], extent(4));
  for (unsigned i = random() % 3; i > 0; --i)
    add(k, extent(3));
  if (random() % 2)
    std::shuffle(loops.begin() + 1, loops.end(), random);
  if (random() % 40 == 0)
    loops[random() % loops.size()].extent = 0;
  return loops;
}

std::vector<StepTypes> typesToTest() {
  using enum ElementType;
  std::vector<StepTypes> all;
  for (size_t i = 0; i < NumElementTypes; ++i)
    all.push_back(ElementType(i));
  for (StepTypes mix : {StepTypes(F64, F32, F64), StepTypes(F32, F16, BF16),
                        StepTypes(F16, F32, F32), StepTypes(C64, C64, F32),
                        StepTypes(C64, C64, C64), StepTypes(C128, F32, C64),
                        StepTypes(F64, I32, F32), StepTypes(I16, I8, U8),
                        StepTypes(I64, Bool, U8), StepTypes(I8, I32, I8)})
    all.push_back(mix);
  for (StepTypes &types : all)
    EXPECT_TRUE(types.areSound()) << types.text();
  return all;
}

} // namespace

void checkSumFamily(Family family, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::map<std::string, unsigned> met;
  for (Target::ISA isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4}) {
    Machine machine = hostMachine();
    if (!hostSupports({isa}))
      continue;
    // All types on the host's own target, every third on the others.
    const bool isHost = machine.target.isa == isa;
    machine.target = {isa};
    size_t number = size_t(isa);
    for (StepTypes types : typesToTest()) {
      if (number++ % 3 != 0 && !isHost)
        continue;
      KernelCollection kernels;
      for (unsigned repeat = 0; repeat < (isHost ? 14u : 8u); ++repeat) {
        for (unsigned i = 0; i < 2; ++i)
          types.conjugate[i] = isComplex(types.operands[i]) && repeat % 8 >= 4;
        const unsigned numOperands = family == Family::Reduce ? 1 : 2;
        if (family == Family::Reduce) {
          types.operands[1] = types.output;
          types.conjugate[1] = false;
        }
        SumLayout layout{repeat % 2 == 0, true};
        SumProblem problem(randomLoops(family, random), types, numOperands,
                           layout, random);
        auto choice = choose(family, problem.problem(machine));
        ASSERT_TRUE(choice) << problem.text();
        const std::string what = choice->schedule.text() + " on " +
                                 machine.target.text() + ", " + problem.text() +
                                 "repeat " + std::to_string(repeat);
        ++met[formOf(choice->schedule)];
        auto kernel = kernels.get(choice->schedule, machine.target);
        ASSERT_TRUE(bool(kernel)) << kernel.error().render();

        const bool isBool = types.output == ElementType::Bool;
        const bool imaginary = isComplex(types.output) && random() % 2;
        const double numbers[] = {1, -2, 3, 0};
        Whole alpha(isBool ? random() % 4 > 0 : numbers[random() % 3],
                    imaginary ? 2 : 0);
        Whole beta(isBool ? random() % 2 : numbers[random() % 4], 0);
        if (imaginary && random() % 2)
          beta.imag(-1);
        Whole counts = beta;
        if (random() % 6 == 0)
          choice->params[GroupedAccumulate] = 1, counts = 1;
        if (isFloating(types.output) && counts == 0.)
          problem.fillOutput(std::numeric_limits<double>::quiet_NaN());
        const auto expected = problem.expected(alpha, counts);
        ASSERT_TRUE(problem.run(**kernel, *choice, alpha, beta, &random))
            << what;
        const auto output = problem.output();
        const size_t unit = elementBytes(types.output);
        for (size_t at = 0; at + unit <= output.size(); at += unit) {
          Whole is = readElement(types.output, &output[at]);
          Whole should = readElement(types.output, &expected[at]);
          bool bothNaN = is != is && should != should;
          ASSERT_TRUE(is == should || bothNaN)
              << "element " << at / unit << " is " << is << ", expected "
              << should << ", alpha " << alpha << " beta " << counts << "\n"
              << what;
        }
      }
    }
  }
  // Columns with b as vectors or constant, as the family has it.
  const size_t forms = family == Family::Reduce ? 10 : 14;
  EXPECT_EQ(met.size(), forms);
  for (auto &[form, count] : met)
    EXPECT_GE(count, 3u) << form;
}

void checkSumRanges(Family family, uint64_t seed) {
  std::mt19937_64 random(seed);
  Machine machine = hostMachine();
  std::map<std::string, unsigned> met;
  KernelCollection kernels;
  for (ElementType type :
       {ElementType::F32, ElementType::C128, ElementType::F16})
    for (unsigned repeat = 0; repeat < (type == ElementType::F32 ? 160 : 24);
         ++repeat) {
      SumLayout layout{repeat % 2 == 0, false};
      std::vector<SumLoop> loops = randomLoops(family, random);
      // Pieces of a line longer than a block of columns.
      if (repeat % 10 == 0 && loops[0].in[0])
        loops = {{9001, {true, true, loops[0].in[2]}},
                 {11, {false, true, family != Family::Reduce}}};
      if (repeat % 10 == 0 && family == Family::Gemv)
        loops[0].in[2] = false;
      SumProblem problem(loops, type, family == Family::Reduce ? 1 : 2, layout,
                         random);
      problem.fillWithFractions(random);
      problem.fillOutput(0.25);
      const auto before = problem.output();
      auto choice = choose(family, problem.problem(machine));
      ASSERT_TRUE(choice) << problem.text();
      auto kernel = kernels.get(choice->schedule, machine.target);
      ASSERT_TRUE(bool(kernel)) << kernel.error().render();
      ASSERT_TRUE(problem.run(**kernel, *choice, 1.5, 0.5, nullptr));
      const auto whole = problem.output();
      for (unsigned cuts = 0; cuts < 3; ++cuts) {
        problem.setOutput(before);
        ASSERT_TRUE(problem.run(**kernel, *choice, 1.5, 0.5, &random));
        ASSERT_EQ(problem.output(), whole)
            << choice->schedule.text() << " " << problem.text();
      }
      met[formOf(choice->schedule)] += choice->grains > 1 && whole != before;
    }
  EXPECT_EQ(met.size(), family == Family::Reduce ? 10u : 14u);
  for (auto &[form, count] : met)
    EXPECT_GE(count, 1u) << form;
}

} // namespace einc::test
