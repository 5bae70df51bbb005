// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc-bench: suites of cases, one table, and JSON for programs.

#include "tools/bench/Latency.h"
#include "tools/bench/RunCase.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace einc::bench {

using JSON = nlohmann::ordered_json;

namespace {

struct Settings {
  std::vector<std::string> suites;
  std::vector<std::string> without;
  std::string filter;
  std::string jsonFile;
  unsigned turns = 9;
  unsigned threads = 1;
  bool full = false;

  bool excludes(const char *opponent) const {
    return std::find(without.begin(), without.end(), opponent) != without.end();
  }
};

std::string join(const std::vector<std::string> &words) {
  std::string out;
  for (const std::string &word : words)
    out += (out.empty() ? "" : "+") + word;
  return out;
}

std::string timeText(double seconds) {
  return seconds < 1e-3 ? fmt::format("{:.3g} us", seconds * 1e6)
                        : fmt::format("{:.4g} ms", seconds * 1e3);
}

void printHead(const Suite &suite) {
  fmt::print("\n{}: {}\n{:<24} {:<30} {:<9} {:>10} {:>10} {:>8} {:>7} {:>6} "
             "{:>10} {:>7}  {}\n",
             suite.name, suite.about, "case", "extents", "type", "best",
             "median", "GFLOP/s", "GB/s", "/roof", "openblas", "x", "family");
}

std::string typeText(const Case &item) {
  std::string text = elementName(item.type);
  if (item.result)
    text += std::string(">") + elementName(*item.result);
  return text;
}

void printRow(const Case &item, const Measurement &m) {
  std::string opponent = "-", factor = "-";
  if (!m.opponent.values.empty()) {
    opponent = timeText(m.opponent.best());
    factor = fmt::format("{:.2f}", m.opponent.best() / m.warm.best());
  }
  std::string name =
      item.name.empty() ? item.equation : item.name + " " + item.equation;
  fmt::print("{:<24} {:<30} {:<9} {:>10} {:>10} {:>8.1f} {:>7.1f} {:>6.2f} "
             "{:>10} {:>7}  {}\n",
             name, item.dims, typeText(item), timeText(m.warm.best()),
             timeText(m.warm.median()), m.gflops(), m.gigabytes(), m.ratio(),
             opponent, factor, join(m.families));
  std::fflush(stdout);
}

JSON rowJSON(const Suite &suite, const Case &item, const Measurement &m) {
  JSON row = {{"suite", suite.name},
              {"name", item.name},
              {"equation", item.equation},
              {"dims", item.dims},
              {"type", elementName(item.type)},
              {"result", elementName(item.result.value_or(item.type))},
              {"threads", m.threads},
              {"best_s", m.warm.best()},
              {"median_s", m.warm.median()},
              {"turns", m.warm.values.size()},
              {"flops", m.work.flops},
              {"bytes", m.work.bytes},
              {"gflops", m.gflops()},
              {"gbytes", m.gigabytes()},
              {"peak_gops", m.peak * m.threads * 1e-9},
              {"copy_gbytes", m.copy * 1e-9},
              {"bound_s", m.boundSeconds()},
              {"ratio", m.ratio()},
              {"families", m.families}};
  if (!m.opponent.values.empty())
    row["openblas"] = {{"best_s", m.opponent.best()},
                       {"median_s", m.opponent.median()}};
  return row;
}

int report(const Diagnostic &error) {
  fmt::print(stderr, "{}", error.render());
  return 1;
}

int runSuites(const Settings &settings) {
  Result<std::vector<Suite>> suites = makeSuites(settings.full);
  if (!suites)
    return report(suites.error());
  std::optional<OpenBLAS> openblas;
  if (!settings.excludes("openblas")) {
    Result<OpenBLAS> loaded = OpenBLAS::load(settings.threads);
    if (!loaded)
      return report(loaded.error());
    openblas = *loaded;
  }
  RunSettings run{settings.threads, settings.turns,
                  openblas ? &*openblas : nullptr};
  JSON rows = JSON::array();
  auto wanted = [&](const std::string &name) {
    return settings.suites.empty() ||
           std::find(settings.suites.begin(), settings.suites.end(), name) !=
               settings.suites.end();
  };
  fmt::print("{} thread(s), best of {} turns, {}\n", settings.threads,
             settings.turns,
             openblas ? "openblas in the same turns" : "no opponent");
  for (const Suite &suite : *suites) {
    if (!wanted(suite.name))
      continue;
    printHead(suite);
    for (const Case &item : suite.cases) {
      std::string label =
          item.name + " " + item.equation + " " + typeText(item);
      if (label.find(settings.filter) == std::string::npos)
        continue;
      Result<Measurement> measured = runCase(item, run);
      if (!measured)
        return report(measured.error());
      printRow(item, *measured);
      rows.push_back(rowJSON(suite, item, *measured));
    }
  }
  if (wanted("latency"))
    if (int status = runLatency(settings.turns, rows))
      return status;
  if (!settings.jsonFile.empty()) {
    std::FILE *file = std::fopen(settings.jsonFile.c_str(), "we");
    std::string text = rows.dump(1) + "\n";
    bool written =
        file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if (file)
      written = std::fclose(file) == 0 && written;
    if (!written)
      return report({.kind = ErrorKind::IO,
                     .message = "cannot write '" + settings.jsonFile + "'"});
  }
  return 0;
}

} // namespace
} // namespace einc::bench

int main(int argc, char **argv) {
  using namespace einc::bench;
  if (argc == 4 && std::string_view(argv[1]) == "--first-call")
    return firstCall(argv[2], argv[3]);
  Settings settings;
  CLI::App app("Measures einc beside the roofs of this machine and OpenBLAS",
               "einc-bench");
  app.add_option("SUITES", settings.suites,
                 "gemm, tccg, batched, small, memory, types, latency (default: "
                 "all)")
      ->check(CLI::IsMember(
          {"gemm", "tccg", "batched", "small", "memory", "types", "latency"}));
  app.add_option("--turns", settings.turns, "turns of each case (least: 9)")
      ->check(CLI::Range(9, 1000));
  app.add_option("--threads", settings.threads, "threads of a call")
      ->check(CLI::Range(1, 1024));
  app.add_option("--without", settings.without, "opponents to leave out")
      ->check(CLI::IsMember({"openblas"}));
  app.add_option("--filter", settings.filter,
                 "only cases whose name, equation or type contains this");
  app.add_option("--json", settings.jsonFile, "also write the numbers to FILE");
  app.add_flag("--full", settings.full, "tccg at 200 MiB a tensor");
  CLI11_PARSE(app, argc, argv);
  return runSuites(settings);
}
