// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc-bench: products beside OpenBLAS and the FMA peak of this machine, on
/// one thread. Within a case the three are measured in turn, so that all see
/// the same noise. OpenBLAS computes a product of the same extents whose
/// operands need no transposition, which no route through it can beat.

#include "einc/Einsum.h"
#include "tools/bench/Clock.h"
#include "tools/bench/FMAPeak.h"

#include <cblas.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace einc::bench {
namespace {

extern "C" void openblas_set_num_threads(int);

struct Case {
  const char *equation;
  IndexList a, b;
  int m, n, k; ///< of the equal product
};

Tensor random(const IndexList &shape, uint64_t seed) {
  Tensor tensor = Tensor::zeros(shape, ElementType::F32);
  float *data = static_cast<float *>(tensor.data());
  for (int64_t i = 0; i < tensor.size(); ++i) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    data[i] = static_cast<float>(int64_t(seed) >> 40) / (1 << 23);
  }
  return tensor;
}

void run(const Case &item, unsigned turns) {
  Tensor a = random(item.a, 1), b = random(item.b, 2);
  Expression expression = compile(
      item.equation, {{ElementType::F32, item.a}, {ElementType::F32, item.b}});
  Tensor out = expression(a, b);
  std::vector<float> left(size_t(item.m) * item.k, 0.5f),
      right(size_t(item.k) * item.n, 0.25f), result(size_t(item.m) * item.n);

  double flops = 2.0 * item.m * item.n * item.k;
  int repeats = std::max(1, int(2e8 / flops));
  Sample ours, theirs, peak;
  for (unsigned turn = 0; turn < turns; ++turn) {
    double start = now();
    for (int i = 0; i < repeats; ++i)
      expression.run(out, {a, b}, {.threads = 1});
    ours.values.push_back((now() - start) / repeats);
    start = now();
    for (int i = 0; i < repeats; ++i)
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, item.m, item.n,
                  item.k, 1, left.data(), item.k, right.data(), item.n, 0,
                  result.data(), item.n);
    theirs.values.push_back((now() - start) / repeats);
    peak.values.push_back(-measureFMA());
  }
  double limit = -peak.best();
  auto rate = [&](double seconds) { return flops / seconds * 1e-9; };
  fmt::print("{:<16} {:>14}  {:>7.1f} {:>7.1f} {:>6.2f}  {:>7.1f} {:>7.1f}  "
             "{:>7.1f}\n",
             item.equation, fmt::format("{}x{}x{}", item.m, item.n, item.k),
             rate(ours.best()), rate(ours.median()), rate(ours.best()) / limit,
             rate(theirs.best()), rate(theirs.median()), limit);
}

} // namespace
} // namespace einc::bench

int main(int argc, char **argv) {
  using namespace einc::bench;
  unsigned turns = argc > 1 ? std::max(9, std::atoi(argv[1])) : 15;
  openblas_set_num_threads(1);
  fmt::print("f32, one thread, GFLOP/s, {} turns\n", turns);
  fmt::print("{:<16} {:>14}  {:>7} {:>7} {:>6}  {:>7} {:>7}  {:>7}\n",
             "equation", "m x n x k", "einc", "median", "/ peak", "openblas",
             "median", "peak");
  try {
    for (const Case &item : {
             Case{"ij,jk->ik", {64, 64}, {64, 64}, 64, 64, 64},
             Case{"ij,jk->ik", {512, 512}, {512, 512}, 512, 512, 512},
             Case{"ij,jk->ik", {500, 500}, {500, 500}, 500, 500, 500},
             Case{"ji,jk->ik", {512, 512}, {512, 512}, 512, 512, 512},
             Case{"ij,kj->ik", {512, 512}, {512, 512}, 512, 512, 512},
             Case{"ij,jk->ki", {512, 512}, {512, 512}, 512, 512, 512},
             Case{"ij,jk->ik", {1024, 1024}, {1024, 1024}, 1024, 1024, 1024},
             Case{"aced,eb->dcba", {72, 72, 72, 72}, {72, 24}, 24, 373248, 72},
         })
      run(item, turns);
  } catch (const einc::Error &error) {
    fmt::print(stderr, "{}", error.what());
    return 1;
  }
  return 0;
}
