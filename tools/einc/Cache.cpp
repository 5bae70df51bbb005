// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc cache`: where the kernels on disk are, what they are, and whether they
/// are what they should be.

#include "compiler/Driver/DiskCache.h"
#include "compiler/Support/Printable.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>
#include <sys/stat.h>

namespace einc {

using JSON = nlohmann::ordered_json;

static void printJSON(const JSON &object) {
  printResult(object.dump(-1, ' ', false, JSON::error_handler_t::replace) +
              "\n");
}

static std::string sizeText(uint64_t bytes) {
  if (bytes < 1024)
    return counted(bytes, "byte", "bytes");
  if (bytes < uint64_t(1) << 20)
    return fmt::format("{:.3g} KiB", double(bytes) / 1024);
  return fmt::format("{:.4g} MiB", double(bytes) / (1 << 20));
}

/// Nothing where there is no folder: an empty cache.
static Result<std::optional<DiskCache>>
openCache(const DiskCacheOptions &options) {
  struct stat status;
  if (lstat(options.folder.c_str(), &status) != 0 && errno == ENOENT)
    return std::optional<DiskCache>();
  Result<DiskCache> opened = DiskCache::open(options, /*create=*/false);
  if (!opened)
    return std::move(opened).error();
  return std::optional<DiskCache>(*std::move(opened));
}

namespace {

struct Count {
  uint64_t entries = 0;
  uint64_t bytes = 0;

  void add(uint64_t more) {
    ++entries;
    bytes += more;
  }
  std::string text() const {
    return counted(entries, "kernel", "kernels") + ", " + sizeText(bytes);
  }
};

struct Statistics {
  Count all, otherBuilds, bad;
  /// By family and target; of this build.
  std::map<std::pair<std::string, std::string>, Count> kernels;

  explicit Statistics(const std::vector<InspectedEntry> &entries) {
    for (const InspectedEntry &entry : entries) {
      all.add(entry.bytes);
      if (!entry.problem.empty())
        bad.add(entry.bytes);
      else if (!entry.ownBuild)
        otherBuilds.add(entry.bytes);
      else
        kernels[{entry.schedule.substr(0, entry.schedule.find(' ')),
                 entry.target}]
            .add(entry.bytes);
    }
  }
};

} // namespace

static int printStatistics(const std::vector<InspectedEntry> &entries,
                           const DiskCacheOptions &options, bool json) {
  Statistics statistics(entries);
  if (json) {
    JSON kernels = JSON::array();
    for (const auto &[kind, count] : statistics.kernels)
      kernels.push_back({{"family", kind.first},
                         {"target", kind.second},
                         {"entries", count.entries},
                         {"bytes", count.bytes}});
    printJSON({{"outcome", "ok"},
               {"directory", options.folder},
               {"entries", statistics.all.entries},
               {"bytes", statistics.all.bytes},
               {"max_bytes", options.maxBytes},
               {"other_builds", statistics.otherBuilds.entries},
               {"bad", statistics.bad.entries},
               {"kernels", kernels}});
    return ExitOk;
  }
  std::string text =
      fmt::format("{}\n{} of at most {}\n", printable(options.folder),
                  statistics.all.text(), sizeText(options.maxBytes));
  std::vector<std::pair<std::string, Count>> rows;
  for (const auto &[kind, count] : statistics.kernels)
    rows.emplace_back(fmt::format("{:<8}  {}", kind.first, kind.second), count);
  if (statistics.otherBuilds.entries)
    rows.emplace_back("of other builds", statistics.otherBuilds);
  if (statistics.bad.entries)
    rows.emplace_back("bad", statistics.bad);
  size_t width = 0;
  for (const auto &[name, count] : rows)
    width = std::max(width, name.size());
  for (const auto &[name, count] : rows)
    text += fmt::format("  {:<{}}  {}\n", name, width, count.text());
  printResult(text);
  return ExitOk;
}

static int printVerification(const std::vector<InspectedEntry> &entries,
                             const DiskCache *cache, const CommandLine &line) {
  JSON bad = JSON::array();
  std::string text;
  uint64_t removed = 0;
  for (const InspectedEntry &entry : entries) {
    if (entry.problem.empty())
      continue;
    bad.push_back({{"file", entry.file}, {"problem", entry.problem}});
    text += entry.file + ": " + entry.problem + "\n";
    removed += line.remove && cache->remove(entry.file);
  }
  if (line.json) {
    printJSON({{"outcome", bad.empty() ? "ok" : "bad-artifact"},
               {"entries", entries.size()},
               {"bad", bad},
               {"removed", removed}});
  } else {
    text += counted(entries.size(), "kernel", "kernels") + ", ";
    text += bad.empty() ? "all sound" : std::to_string(bad.size()) + " bad";
    if (removed)
      text += ", " + std::to_string(removed) + " removed";
    printResult(text + "\n");
  }
  return bad.empty() ? ExitOk : ExitMismatch;
}

static int printRemoved(const RemovedEntries &removed, bool json) {
  if (json)
    printJSON({{"outcome", "ok"},
               {"removed", removed.entries},
               {"bytes", removed.bytes}});
  else
    printResult("removed " + Count{removed.entries, removed.bytes}.text() +
                "\n");
  return ExitOk;
}

int cache(const CommandLine &line) {
  Result<DiskCacheOptions> options = diskCacheOptions();
  if (!options)
    return reportError(options.error(), line.json);
  if (line.cacheAction == CacheAction::Dir) {
    if (line.json)
      printJSON({{"outcome", "ok"}, {"directory", options->folder}});
    else
      printResult(options->folder + "\n");
    return ExitOk;
  }
  Result<std::optional<DiskCache>> cache = openCache(*options);
  if (!cache)
    return reportError(cache.error(), line.json);
  DiskCache *opened = *cache ? &**cache : nullptr;
  if (line.cacheAction == CacheAction::Clear)
    return printRemoved(opened ? opened->clear() : RemovedEntries(), line.json);
  std::vector<InspectedEntry> entries;
  if (opened)
    entries = opened->inspect();
  if (line.cacheAction == CacheAction::Stats)
    return printStatistics(entries, *options, line.json);
  return printVerification(entries, opened, line);
}

} // namespace einc
