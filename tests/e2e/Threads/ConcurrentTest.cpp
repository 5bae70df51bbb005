// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Sixteen threads that compile and run mixed equations at once, over the
/// caches and the pool that a process has: for the thread sanitizer, and for
/// the results.

#include "einc/Einsum.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <thread>

using namespace einc;

namespace {

constexpr unsigned NumThreads = 16;

struct Work {
  const char *equation;
  std::vector<IndexList> shapes;
  std::vector<Tensor> operands;

  Work(const char *equation, std::vector<IndexList> shapes, ElementType type)
      : equation(equation), shapes(std::move(shapes)) {
    double next = 0.25;
    for (const IndexList &shape : this->shapes) {
      Tensor made = Tensor::uninitialized(shape, type);
      auto fill = [&](auto values) {
        for (auto &value : values) {
          value = static_cast<std::decay_t<decltype(value)>>(next - 0.5);
          next += 0.7310585;
          next -= double(next > 1);
        }
      };
      if (type == ElementType::F32)
        fill(made.values<float>());
      else
        fill(made.values<double>());
      operands.push_back(std::move(made));
    }
  }
  std::vector<TensorView> views() const {
    return {operands.begin(), operands.end()};
  }
};

/// Distinct kernels, some shared between equations, some split over threads,
/// some of several steps.
std::vector<Work> makeWork() {
  std::vector<Work> all;
  for (ElementType type : {ElementType::F32, ElementType::F64}) {
    auto add = [&](const char *equation, std::vector<IndexList> shapes) {
      all.emplace_back(equation, std::move(shapes), type);
    };
    add("ij,jk->ik", {{65, 33}, {33, 70}});
    add("ij,jk->ik", {{300, 40}, {40, 300}});
    add("ij,jk->ki", {{31, 33}, {33, 17}});
    add("ki,kj->ij", {{20, 30}, {20, 50}});
    add("bij,bjk->bik", {{5, 17, 9}, {5, 9, 33}});
    add("ij,jk,kl->il", {{20, 30}, {30, 40}, {40, 10}});
    add("ij,j->i", {{700, 90}, {90}});
    add("i,j->ij", {{400}, {300}});
    add("ij->ji", {{300, 200}});
    add("ij->j", {{500, 300}});
    add("ij->", {{400, 500}});
    add("ii->i", {{50, 50}});
    add("i,i,i->i", {{5000}, {5000}, {5000}});
    add("bij,bjk->bik", {{200, 3, 4}, {200, 4, 5}});
    add("ki,kj->ij", {{20000, 4}, {20000, 4}});
  }
  return all;
}

bool equal(const Tensor &a, const Tensor &b) {
  return a.type() == b.type() &&
         std::memcmp(a.data(), b.data(),
                     size_t(a.size()) * elementBytes(a.element())) == 0;
}

/// Runs `body(thread, random)` on all threads at once.
template <typename Body> void onAllThreads(Body body) {
  std::barrier start(NumThreads);
  std::vector<std::thread> threads;
  for (unsigned number = 0; number < NumThreads; ++number)
    threads.emplace_back([&, number] {
      std::mt19937 random(number);
      start.arrive_and_wait();
      try {
        body(number, random);
      } catch (const std::exception &error) {
        ADD_FAILURE() << error.what();
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST(Concurrent, CompileAndRunMixedEquations) {
  const std::vector<Work> works = makeWork();
  std::vector<std::vector<Tensor>> results(NumThreads);
  onAllThreads([&](unsigned number, std::mt19937 &random) {
    // All threads meet the first equations at the same time, then they part.
    std::vector<size_t> order;
    for (size_t i = 0; i < works.size(); ++i)
      order.push_back(i);
    std::shuffle(order.begin() + 4, order.end(), random);
    std::vector<Tensor> &mine = results[number];
    mine.resize(works.size());
    for (size_t i : order) {
      Options options;
      options.threads = 1 + random() % 4;
      options.cacheCompiled = random() % 4 != 0;
      mine[i] = einsum(works[i].equation, works[i].views(), options);
    }
  });
  for (size_t i = 0; i < works.size(); ++i) {
    const Tensor expected =
        einsum(works[i].equation, works[i].views(), {.threads = 1});
    for (unsigned number = 0; number < NumThreads; ++number)
      EXPECT_TRUE(equal(results[number][i], expected))
          << works[i].equation << ", thread " << number;
  }
}

/// What was compiled before is found: the caches are read all the time.
TEST(Concurrent, FindWhatIsCached) {
  std::vector<Work> works;
  works.emplace_back("ij,jk->ik", std::vector<IndexList>{{5, 7}, {7, 3}},
                     ElementType::F32);
  works.emplace_back("ij->ji", std::vector<IndexList>{{6, 5}},
                     ElementType::F64);
  works.emplace_back("i,i->", std::vector<IndexList>{{31}, {31}},
                     ElementType::F64);
  std::vector<Tensor> expected;
  for (const Work &work : works)
    expected.push_back(einsum(work.equation, work.views()));
  std::atomic<int> wrong{0};
  onAllThreads([&](unsigned, std::mt19937 &random) {
    for (int repeat = 0; repeat < 1000; ++repeat) {
      const size_t i = random() % works.size();
      wrong += !equal(einsum(works[i].equation, works[i].views()), expected[i]);
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(Concurrent, RunSharedExpressions) {
  const std::vector<Work> works = makeWork();
  std::vector<Expression> expressions;
  std::vector<Tensor> expected;
  for (const Work &work : works) {
    std::vector<TensorType> types;
    for (const Tensor &operand : work.operands)
      types.push_back(operand.type());
    expressions.push_back(compile(work.equation, types));
    expected.push_back(einsum(work.equation, work.views(), {.threads = 1}));
  }
  std::atomic<int> wrong{0};
  onAllThreads([&](unsigned, std::mt19937 &random) {
    for (int repeat = 0; repeat < 60; ++repeat) {
      const size_t i = random() % works.size();
      Tensor out = Tensor::zeros(expected[i].shape(), expected[i].element());
      expressions[i].run(out, works[i].views(), {.threads = 1 + repeat % 4u});
      wrong += !equal(out, expected[i]);
    }
  });
  EXPECT_EQ(wrong, 0);
}

/// Errors on some threads while others compile: nobody waits for what failed.
TEST(Concurrent, MistakesStayWithTheirThread) {
  const std::vector<Work> works = makeWork();
  std::atomic<unsigned> errors{0};
  onAllThreads([&](unsigned number, std::mt19937 &random) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      const Work &work = works[random() % works.size()];
      try {
        if (number % 2 == 0)
          einsum("ij,jk->iz", work.views());
        else
          einsum(work.equation, work.views(), {.cacheCompiled = false});
      } catch (const Error &) {
        ++errors;
      }
    }
  });
  EXPECT_EQ(errors, NumThreads / 2 * 20);
}

} // namespace
