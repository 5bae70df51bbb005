// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/bench/Suites.h"

#include <fstream>
#include <initializer_list>
#include <sstream>

namespace einc::bench {

using enum ElementType;

namespace {

Case product(int64_t n, ElementType type = F32, const char *equation = nullptr,
             std::optional<ElementType> result = {}) {
  std::string extent = std::to_string(n);
  return {equation ? equation : "ij,jk->ik",
          "i=" + extent + ",j=" + extent + ",k=" + extent, type, result, ""};
}

Suite gemm() {
  Suite suite{"gemm", "matrix products", {}};
  for (int64_t n : {64, 128, 256, 500, 512, 1000, 1024})
    suite.cases.push_back(product(n));
  for (const char *equation : {"ji,jk->ik", "ij,kj->ik", "ij,jk->ki"})
    suite.cases.push_back(product(512, F32, equation));
  suite.cases.push_back(product(512, F64));
  suite.cases.push_back(
      {"ki,kj->ij", "i=32,k=262144,j=32", F32, {}, "split-k"});
  suite.cases.push_back(
      {"ik,jk->ij", "i=32,k=262144,j=32", F32, {}, "split-k"});
  return suite;
}

Result<Suite> tccg(bool full) {
  Suite suite{"tccg", "the 48 contractions of the TCCG benchmark", {}};
  const char *path = EINC_BENCH_DATA "/tccg.tsv";
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string name, equation, large, quick;
    if (line.starts_with('#') || line.starts_with("name\t") ||
        !std::getline(fields, name, '\t') ||
        !std::getline(fields, equation, '\t') ||
        !std::getline(fields, large, '\t') || !std::getline(fields, quick))
      continue;
    suite.cases.push_back({equation, full ? large : quick, F32, {}, name});
  }
  if (suite.cases.empty())
    return Diagnostic{.kind = ErrorKind::IO,
                      .message =
                          std::string("no contractions in '") + path + "'"};
  return suite;
}

Suite batched() {
  Suite suite{"batched", "many products of small matrices", {}};
  for (auto [batch, n] : {std::pair{64, 128},
                          {256, 64},
                          {1024, 32},
                          {4096, 16},
                          {8192, 8},
                          {16384, 4}}) {
    std::string extent = std::to_string(n);
    suite.cases.push_back({"bij,bjk->bik",
                           "b=" + std::to_string(batch) + ",i=" + extent +
                               ",j=" + extent + ",k=" + extent,
                           F32,
                           {},
                           ""});
  }
  suite.cases.push_back({"bij,bkj->bik", "b=1024,i=32,j=32,k=32", F32, {}, ""});
  suite.cases.push_back({"bij,bjk->bik", "b=1000,i=10,j=20,k=30", F32, {}, ""});
  suite.cases.push_back({"bhqd,bhkd->bhqk",
                         "b=8,h=12,q=128,k=128,d=64",
                         F32,
                         {},
                         "attention scores"});
  suite.cases.push_back({"bij,bj->bi", "b=512,i=128,j=128", F32, {}, ""});
  return suite;
}

Suite small() {
  Suite suite{"small", "one product of small matrices a call", {}};
  for (int64_t n : {2, 3, 4, 8, 16, 24, 32})
    suite.cases.push_back(product(n));
  suite.cases.push_back({"i,i->", "i=16", F32, {}, ""});
  suite.cases.push_back({"ij,j->i", "i=16,j=16", F32, {}, ""});
  suite.cases.push_back({"ij,jk,kl->il", "i=8,j=8,k=8,l=8", F32, {}, ""});
  return suite;
}

Suite memory() {
  return {"memory",
          "what reads and writes more than it computes",
          {{"ij,j->i", "i=4096,j=4096", F32, {}, "gemv rows"},
           {"ij,i->j", "i=4096,j=4096", F32, {}, "gemv columns"},
           {"i,i->", "i=10000000", F32, {}, "dot"},
           {"i,j->ij", "i=4096,j=4096", F32, {}, "outer"},
           {"ij,ij->ij", "i=4096,j=4096", F32, {}, "elementwise"},
           {"i,i,i->i", "i=10000000", F32, {}, "three factors"},
           {"ij->ji", "i=4096,j=4096", F32, {}, "transposition"},
           {"ijk->jik", "i=256,j=256,k=256", F32, {}, "permute, same lines"},
           {"ijkl->lkji", "i=64,j=64,k=64,l=64", F32, {}, "permute, reversed"},
           {"ij->i", "i=4096,j=4096", F32, {}, "sum rows"},
           {"ij->j", "i=4096,j=4096", F32, {}, "sum columns"},
           {"ij->", "i=4096,j=4096", F32, {}, "sum all"},
           {"ii->i", "i=4096", F32, {}, "diagonal"}}};
}

Suite types() {
  Suite suite{"types", "one product of each family in every type", {}};
  for (size_t i = 0; i < NumElementTypes; ++i) {
    ElementType type = ElementType(i);
    suite.cases.push_back(product(512, type));
    suite.cases.push_back(
        {"bij,bjk->bik", "b=1024,i=16,j=16,k=16", type, {}, ""});
    suite.cases.push_back({"ij,j->i", "i=4096,j=4096", type, {}, ""});
    suite.cases.push_back({"i,i->", "i=10000000", type, {}, ""});
    suite.cases.push_back({"ij,ij->ij", "i=2048,j=4096", type, {}, ""});
    suite.cases.push_back({"ij->ji", "i=4096,j=4096", type, {}, ""});
    suite.cases.push_back({"ij->j", "i=4096,j=4096", type, {}, ""});
  }
  for (ElementType type : {I8, U8})
    suite.cases.push_back(product(512, type, nullptr, I32));
  return suite;
}

} // namespace

Result<std::vector<Suite>> makeSuites(bool full) {
  std::vector<Suite> suites = {gemm()};
  Result<Suite> contractions = tccg(full);
  if (!contractions)
    return std::move(contractions).error();
  suites.push_back(*std::move(contractions));
  suites.push_back(batched());
  suites.push_back(small());
  suites.push_back(memory());
  suites.push_back(types());
  return suites;
}

} // namespace einc::bench
