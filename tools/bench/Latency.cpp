// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/bench/Latency.h"
#include "tools/bench/RunCase.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <limits>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace einc::bench {

using JSON = nlohmann::ordered_json;

int firstCall(const char *n, const char *cache) {
  Case item;
  item.equation = "ij,jk->ik";
  item.dims = std::string("i=") + n + ",j=" + n + ",k=" + n;
  Result<PreparedCase> prepared = prepareCase(item);
  if (!prepared) {
    fmt::print(stderr, "{}", prepared.error().render());
    return 1;
  }
  std::vector<void *> arguments = prepared->arguments();
  CompileOptions options;
  if (*cache) {
    Result<DiskCacheOptions> disk = diskCacheOptions(cache);
    if (!disk) {
      fmt::print(stderr, "{}", disk.error().render());
      return 1;
    }
    options.diskCache = *std::move(disk);
  }

  double start = now();
  std::vector<Shape> shapes;
  Result<ShapedEquation> shaped = shapeOf(item, shapes);
  auto compiled = compileExpression(*std::move(shaped), prepared->operands,
                                    prepared->output, options);
  auto call = [&] {
    return compiled && (*compiled)->run(arguments.data(), {.threads = 1});
  };
  bool ran = call();
  double first = now() - start;
  start = now();
  ran = call() && ran;
  double second = now() - start;
  if (!ran)
    return 1;
  fmt::print("{} {} {} {}\n", first, second,
             (*compiled)->timings().kernels.loadCompiler,
             (*compiled)->timings().kernels.fromDisk);
  return 0;
}

namespace {

/// Seconds; the least of several processes.
struct Times {
  double call = std::numeric_limits<double>::infinity();
  double second = call, load = call, process = call, cpu = call;
  unsigned fromDisk = 0;

  void keepLeast(const Times &other) {
    call = std::min(call, other.call);
    second = std::min(second, other.second);
    load = std::min(load, other.load);
    process = std::min(process, other.process);
    cpu = std::min(cpu, other.cpu);
    fromDisk = other.fromDisk;
  }
};

/// One process; false if it failed.
bool runProcess(const std::string &n, const std::string &cache, Times &times) {
  int ends[2];
  if (pipe(ends) != 0)
    return false;
  double start = now();
  // Not fork: it would copy the page tables of this process, which count.
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  std::string program = "einc-bench", mode = "--first-call", number = n,
              folder = cache;
  char *arguments[] = {program.data(), mode.data(), number.data(),
                       folder.data(), nullptr};
  pid_t child = -1;
  if (posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments,
                  environ) != 0)
    child = -1;
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::FILE *output = fdopen(ends[0], "r");
  int fields = child < 0 || !output
                   ? 0
                   : std::fscanf(output, "%lf %lf %lf %u", &times.call,
                                 &times.second, &times.load, &times.fromDisk);
  if (output)
    std::fclose(output);
  int status = 0;
  rusage usage = {};
  if (child < 0 || wait4(child, &status, 0, &usage) != child)
    return false;
  times.process = now() - start;
  auto seconds = [](const timeval &t) { return t.tv_sec + t.tv_usec * 1e-6; };
  times.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  times.call -= times.load;
  return fields == 4 && status == 0;
}

} // namespace

int runLatency(unsigned turns, JSON &rows) {
  char folder[] = "/tmp/einc-bench-XXXXXX";
  if (!mkdtemp(folder)) {
    fmt::print(stderr, "error: no folder for a cache\n");
    return 1;
  }
  fmt::print("\nlatency: ij,jk->ik f32 in a new process, least of {} "
             "processes\n{:<8} {:<10} {:>12} {:>14} {:>12} {:>12} {:>12}\n",
             turns, "n", "kernels", "first call", "load compiler",
             "second call", "process", "its CPU");
  int status = 0;
  for (const char *n : {"4", "64", "512"})
    for (bool cached : {false, true}) {
      Times least;
      // The first process with a cache fills it.
      for (unsigned turn = 0; turn < turns + cached && !status; ++turn) {
        Times times;
        if (!runProcess(n, cached ? folder : "", times)) {
          fmt::print(stderr, "error: a first call failed\n");
          status = 1;
          break;
        }
        if (turn >= unsigned(cached))
          least.keepLeast(times);
      }
      if (status)
        break;
      fmt::print("{:<8} {:<10} {:>9.3f} ms {:>11.2f} ms {:>9.2f} us {:>9.2f} "
                 "ms {:>9.2f} ms\n",
                 n, cached ? "on disk" : "compiled", least.call * 1e3,
                 least.load * 1e3, least.second * 1e6, least.process * 1e3,
                 least.cpu * 1e3);
      rows.push_back({{"suite", "latency"},
                      {"equation", "ij,jk->ik"},
                      {"n", n},
                      {"kernels", cached ? "on disk" : "compiled"},
                      {"first_call_s", least.call},
                      {"load_compiler_s", least.load},
                      {"second_call_s", least.second},
                      {"process_s", least.process},
                      {"process_cpu_s", least.cpu}});
    }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return status;
}

} // namespace einc::bench
