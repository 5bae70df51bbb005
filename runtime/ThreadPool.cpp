// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Workers that each have a mailbox. The caller posts one task to a worker,
/// runs its own, and takes back what no worker has begun, so that a worker that
/// the system has not woken yet holds nobody up.

#include "runtime/ThreadPool.h"

#include "runtime/CpuCount.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <new>
#include <pthread.h>

using namespace einc::runtime;

namespace {

/// About 30 microseconds: longer than the serial work between parallel steps,
/// as a rule, and shorter than anyone notices.
constexpr unsigned SpinRounds = 2000;

void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

enum WorkerState : uint32_t {
  Idle,
  Posted, ///< by the caller; whoever swaps it away owns the task
  Running ///< by the worker
};

struct alignas(64) Worker {
  std::atomic<uint32_t> state{Idle};
  unsigned spinRounds = 0;
  TaskFunction task = nullptr;
  void *argument = nullptr;
  uint32_t index = 0;

  /// Returns when the state is not `old` any more.
  void waitWhile(uint32_t old) {
    for (unsigned i = 0; i < spinRounds; ++i) {
      if (state.load(std::memory_order_acquire) != old)
        return;
      pause();
    }
    while (state.load(std::memory_order_acquire) == old)
      state.wait(old, std::memory_order_acquire);
  }

  /// Sequentially consistent, like the waiters' count behind notify_one.
  void set(WorkerState next) {
    state.store(next, std::memory_order_seq_cst);
    state.notify_one();
  }

  bool take(WorkerState next) {
    uint32_t expected = Posted;
    return state.compare_exchange_strong(expected, next,
                                         std::memory_order_acq_rel);
  }
};

/// availableCpus() read once. Not a static local: a fork while another thread
/// initialises one would leave the child waiting for it.
unsigned knownCpus() {
  static std::atomic<unsigned> known{0};
  unsigned cpus = known.load(std::memory_order_relaxed);
  if (cpus == 0) {
    cpus = availableCpus();
    known.store(cpus, std::memory_order_relaxed);
  }
  return cpus;
}

/// This thread is running a task: parallel loops inside it run serially.
thread_local bool insideTask = false;

void *workerMain(void *argument) {
  insideTask = true;
  Worker &worker = *static_cast<Worker *>(argument);
  for (;;) {
    worker.waitWhile(Idle);
    if (!worker.take(Running))
      continue; // the caller took it back
    worker.task(worker.argument, worker.index);
    worker.set(Idle);
  }
  return nullptr;
}

struct Pool {
  std::atomic<bool> busy{false};
  uint32_t numWorkers = 0;
  Worker *workers[MaxThreads - 1];

  /// Makes workers until there are `wanted`, or no more can be made.
  void grow(uint32_t wanted);
  bool startWorker(Worker *worker);
};

bool Pool::startWorker(Worker *worker) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0)
    return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // Signals are for the threads of the program, not for its library's.
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  pthread_t thread;
  const int failed = pthread_create(&thread, &attributes, workerMain, worker);
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  pthread_attr_destroy(&attributes);
  return failed == 0;
}

void Pool::grow(uint32_t wanted) {
  // Spinning only helps who has a CPU to spin on.
  const unsigned cpus = knownCpus();
  while (numWorkers < std::min(wanted, MaxThreads - 1)) {
    Worker *worker = new (std::nothrow) Worker;
    if (!worker)
      return;
    worker->spinRounds = numWorkers + 1 < cpus ? SpinRounds : 0;
    if (!startWorker(worker)) {
      delete worker;
      return;
    }
    workers[numWorkers++] = worker;
  }
}

/// Never destroyed: workers wait on it until the process ends.
std::atomic<Pool *> processPool{nullptr};

/// In a forked child the workers do not exist; their pool is dropped.
void dropPool() { processPool.store(nullptr, std::memory_order_relaxed); }

Pool *findPool() {
  if (Pool *pool = processPool.load(std::memory_order_acquire))
    return pool;
  Pool *pool = new (std::nothrow) Pool;
  if (!pool)
    return nullptr;
  static std::atomic<bool> registered{false};
  if (!registered.exchange(true))
    pthread_atfork(nullptr, nullptr, dropPool);
  Pool *other = nullptr;
  if (processPool.compare_exchange_strong(other, pool,
                                          std::memory_order_acq_rel))
    return pool;
  delete pool;
  return other;
}

void runSerially(uint32_t begin, uint32_t end, TaskFunction task,
                 void *argument) {
  for (uint32_t i = begin; i < end; ++i)
    task(argument, i);
}

} // namespace

unsigned einc::runtime::defaultThreads() noexcept {
  static std::atomic<unsigned> known{0};
  unsigned threads = known.load(std::memory_order_relaxed);
  if (threads == 0) {
    threads = parseThreadCount(std::getenv("EINC_NUM_THREADS"), MaxThreads);
    if (threads == 0)
      threads = std::min(knownCpus(), MaxThreads);
    known.store(threads, std::memory_order_relaxed);
  }
  return threads;
}

void einc::runtime::parallelFor(uint32_t count, TaskFunction task,
                                void *argument) noexcept {
  Pool *pool = count > 1 && !insideTask ? findPool() : nullptr;
  if (!pool || pool->busy.exchange(true, std::memory_order_acquire))
    return runSerially(0, count, task, argument);

  pool->grow(count - 1);
  const uint32_t numPosted = std::min(count - 1, pool->numWorkers);
  for (uint32_t i = 0; i < numPosted; ++i) {
    Worker &worker = *pool->workers[i];
    worker.task = task;
    worker.argument = argument;
    worker.index = i + 1;
    worker.set(Posted);
  }
  insideTask = true;
  task(argument, 0);
  runSerially(numPosted + 1, count, task, argument);
  for (uint32_t i = 0; i < numPosted; ++i)
    if (pool->workers[i]->take(Idle))
      task(argument, i + 1);
  insideTask = false;
  for (uint32_t i = 0; i < numPosted; ++i)
    pool->workers[i]->waitWhile(Running);
  pool->busy.store(false, std::memory_order_release);
}
