// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Measures what a first kernel costs: loading libeinc-compiler.so, then
/// compiling, in cold processes. Prints the fastest of them. Not a test.
///
///     codegen-latency [LIBRARY [TARGET [SCHEDULE...]]]

#include "compiler/Schedule/CompilerTable.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr int Processes = 9;
constexpr int LaterCalls = 20;
/// What a 64 x 64 x 64 product is compiled to.
constexpr char DefaultSchedule[] =
    "gemm f32 tile=4x4 kc=384 mc=192 nc=512 a=direct b=direct run=1 c=direct "
    "c-tiles=regular b-tiles=regular order=columns driver=cold";

struct Sample {
  double loadMs = 0;
  double firstMs = 0;
  double firstCPUMs = 0;
  double laterMs = 1e9;
  long firstFaults = 0;
  size_t imageBytes = 0;
  std::array<char, 200> times = {};
};

double now() {
  using namespace std::chrono;
  return duration<double, std::milli>(steady_clock::now().time_since_epoch())
      .count();
}

double cpuTime() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

long pageFaults() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

[[noreturn]] void die(const char *text) {
  std::fprintf(stderr, "codegen-latency: %s\n", text);
  _exit(1);
}

void receive(void *context, uint32_t, uint32_t form, const void *bytes,
             size_t size, uint64_t) {
  Sample &sample = *static_cast<Sample *>(context);
  if (form == EINC_FORM_IMAGE)
    sample.imageBytes += size;
  if (form == EINC_FORM_TIMES && sample.times[0] == 0)
    std::memcpy(sample.times.data(), bytes,
                std::min(size, sample.times.size() - 1));
}

/// What a cold process does, from loading to the last call.
Sample measure(const char *library, const char *target,
               const std::vector<const char *> &schedules) {
  Sample sample;
  double start = now();
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    die(dlerror());
  auto function = reinterpret_cast<EincCompilerTableFunction>(
      dlsym(handle, EINC_COMPILER_TABLE_SYMBOL));
  if (!function)
    die(dlerror());
  const EincCompilerTable *table = function();
  sample.loadMs = now() - start;
  char error[300];
  auto compile = [&] {
    double begin = now();
    if (table->compile(schedules.data(), uint32_t(schedules.size()), target,
                       EINC_FORM_IMAGE | EINC_FORM_TIMES, /*verify=*/0, receive,
                       &sample, error, sizeof error))
      die(error);
    return now() - begin;
  };
  long faults = pageFaults();
  double cpu = cpuTime();
  sample.firstMs = compile();
  sample.firstCPUMs = cpuTime() - cpu;
  sample.firstFaults = pageFaults() - faults;
  for (int i = 0; i < LaterCalls; ++i)
    sample.laterMs = std::min(sample.laterMs, compile());
  sample.imageBytes /= LaterCalls + 1;
  return sample;
}

Sample measureInChild(const char *library, const char *target,
                      const std::vector<const char *> &schedules) {
  int ends[2];
  if (pipe(ends) != 0)
    die("no pipe");
  pid_t child = fork();
  if (child < 0)
    die("no process");
  if (child == 0) {
    Sample sample = measure(library, target, schedules);
    _exit(write(ends[1], &sample, sizeof sample) != sizeof sample);
  }
  close(ends[1]);
  Sample sample;
  if (read(ends[0], &sample, sizeof sample) != sizeof sample)
    std::exit(1);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return sample;
}

} // namespace

int main(int argc, char **argv) {
  const char *library = argc > 1 ? argv[1] : EINC_COMPILER_FILE;
  const char *target = argc > 2 ? argv[2] : "x86-64-v4";
  std::vector<const char *> schedules(argv + std::min(argc, 3), argv + argc);
  if (schedules.empty())
    schedules.push_back(DefaultSchedule);
  Sample best;
  best.firstMs = 1e9;
  double load = 1e9, cpu = 1e9, later = 1e9;
  for (int i = 0; i < Processes; ++i) {
    Sample sample = measureInChild(library, target, schedules);
    load = std::min(load, sample.loadMs);
    cpu = std::min(cpu, sample.firstCPUMs);
    later = std::min(later, sample.laterMs);
    if (sample.firstMs < best.firstMs)
      best = sample;
  }
  std::printf(
      "%zu kernels for %s, minimum over %d processes\n"
      "load %.3f ms\nfirst %.3f ms, %.3f ms of CPU time, %ld page faults, "
      "%zu bytes\n"
      "later %.3f ms\nof the first, in ms:\n%s",
      schedules.size(), target, Processes, load, best.firstMs, cpu,
      best.firstFaults, best.imageBytes, later, best.times.data());
}
