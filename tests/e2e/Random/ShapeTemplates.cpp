// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/ShapeTemplates.h"

#include <cctype>

using namespace einc::tests;

namespace {

using Extents = std::map<char, int64_t>;
using Texts = std::initializer_list<const char *>;

/// Around vectors, tiles and nothing in particular.
int64_t anyExtent(Dice &dice) {
  if (dice.percent(2))
    return 0;
  return dice.oneOf<int64_t>({1,  2,  3,  4,  5,  7,  8,  9,  13, 15, 16,
                              17, 23, 31, 32, 33, 47, 48, 63, 64, 65, 97});
}

/// Makes the largest extents smaller until their product is `most`.
Extents limited(Dice &dice, Extents extents, double most) {
  for (;;) {
    double product = 1;
    auto largest = extents.begin();
    for (auto place = extents.begin(); place != extents.end(); ++place) {
      product *= double(place->second);
      if (place->second > largest->second)
        largest = place;
    }
    if (product <= most)
      return extents;
    largest->second =
        dice.between((largest->second + 2) / 3, (largest->second + 1) / 2);
  }
}

/// One of the texts, its letters with any extents.
RandomEquation equationOf(Dice &dice, Texts texts, double most) {
  const char *text = dice.oneOf(texts);
  Extents extents;
  for (const char *c = text; *c; ++c)
    if (std::isalpha(*c) && !extents.contains(*c))
      extents[*c] = anyExtent(dice);
  return makeEquation(text, limited(dice, extents, most));
}

/// Enough for several threads.
int64_t manyOf(Dice &dice, double others) {
  return dice.between(1, 63) + int64_t(6e5 / others);
}

RandomEquation makeMatrixProduct(Dice &dice) {
  return equationOf(dice,
                    {"mk,kn->mn", "mk,nk->mn", "km,kn->mn", "km,nk->mn",
                     "mk,kn->nm", "mk,nk->nm", "km,kn->nm", "km,nk->nm"},
                    dice.percent(8) ? 3e6 : 6e4);
}

RandomEquation makeBatchedProduct(Dice &dice) {
  return equationOf(dice,
                    {"bmk,bkn->bmn", "bmk,bnk->bmn", "mbk,kbn->bmn",
                     "mkb,knb->mnb", "bkm,bkn->nbm", "bmk,kn->bmn",
                     "abmk,bakn->mban"},
                    dice.percent(8) ? 2e6 : 6e4);
}

/// Products of small matrices of one extent or few, one or thousands.
RandomEquation makeSmallProduct(Dice &dice) {
  int64_t m = dice.oneOf<int64_t>({2, 3, 4, 8});
  Extents extents = {{'m', m}, {'n', m}, {'k', m}};
  if (dice.percent(25))
    extents['n'] = dice.oneOf<int64_t>({1, 5, 8});
  double work = double(m * m * extents['n']);
  unsigned kind = dice.weighted({50, 40, 10});
  if (kind == 0)
    return makeEquation(dice.oneOf<const char *>({"mk,kn->mn", "mk,nk->mn",
                                                  "km,kn->mn", "mk,kn->nm"}),
                        extents);
  extents['b'] = kind == 1 ? dice.between(1, 40) : manyOf(dice, work);
  return makeEquation(dice.oneOf<const char *>({"bmk,bkn->bmn", "bmk,bnk->bmn",
                                                "mkb,knb->mnb", "bmk,kn->bmn"}),
                      extents);
}

RandomEquation makeMatrixVector(Dice &dice) {
  Texts texts = {"mk,k->m", "km,k->m", "k,mk->m", "k,km->m", "k,kn->n"};
  if (!dice.percent(10))
    return equationOf(dice, texts, 2e5);
  int64_t n = dice.between(60, 900);
  return makeEquation(dice.oneOf(texts),
                      {{'m', n}, {'n', n}, {'k', manyOf(dice, double(n))}});
}

RandomEquation makeBatchedMatrixVector(Dice &dice) {
  return equationOf(dice,
                    {"bmk,bk->bm", "bkm,bk->bm", "mkb,kb->mb", "bk,bkn->nb"},
                    dice.percent(8) ? 1.5e6 : 6e4);
}

RandomEquation makeDot(Dice &dice) {
  if (dice.percent(12))
    return makeEquation("k,k->", {{'k', manyOf(dice, 1)}});
  return equationOf(
      dice, {"k,k->", "kl,kl->", "kl,lk->", "bk,bk->b", "bk,kb->b", "kb,kb->b"},
      dice.percent(8) ? 1e6 : 3e4);
}

RandomEquation makeOuter(Dice &dice) {
  if (dice.percent(12))
    return makeEquation(
        dice.oneOf<const char *>({"m,n->mn", "m,n->nm"}),
        {{'m', dice.between(300, 900)}, {'n', manyOf(dice, 300)}});
  return equationOf(dice,
                    {"m,n->mn", "m,n->nm", "bm,bn->bmn", "mb,nb->mnb",
                     "am,n->amn", ",mn->mn"},
                    4e4);
}

RandomEquation makeElementwise(Dice &dice) {
  if (dice.percent(8))
    return makeEquation(
        "bc,bc->bc", {{'b', dice.between(500, 800)}, {'c', manyOf(dice, 500)}});
  return equationOf(dice,
                    {"b,b->b", "bc,bc->bc", "bc,cb->bc", "bc,c->bc", "bc,b->cb",
                     "bcd,bd->bcd", "bcd,c->bcd"},
                    4e4);
}

RandomEquation makePermutation(Dice &dice) {
  if (dice.percent(25))
    return makeEquation(
        dice.oneOf<const char *>({"ab->ba", "ab->ab"}),
        {{'a', dice.between(500, 800)}, {'b', manyOf(dice, 500)}});
  return equationOf(dice,
                    {"ab->ba", "abc->cba", "abc->bac", "abc->acb", "abc->cab",
                     "abcd->dcba", "abcd->badc", "abcd->cdab", "a->a"},
                    4e4);
}

RandomEquation makeReduction(Dice &dice) {
  if (dice.percent(12)) {
    int64_t n = dice.between(20, 900);
    return makeEquation(dice.oneOf<const char *>({"ab->a", "ab->b", "ab->"}),
                        {{'a', n}, {'b', manyOf(dice, double(n))}});
  }
  return equationOf(dice,
                    {"a->", "ab->", "ab->a", "ab->b", "abc->b", "abc->ac",
                     "abc->ca", "abc->c", "abcd->bd"},
                    1e5);
}

/// Few results of so many terms that the sum is cut.
RandomEquation makeLongSum(Dice &dice) {
  constexpr double Work = 3.4e6;
  if (dice.percent(60)) {
    int64_t m = dice.oneOf<int64_t>({3, 4, 5}), n = dice.oneOf<int64_t>({4, 5});
    int64_t k = dice.between(0, 1000) + int64_t(Work / double(m * n));
    return makeEquation(dice.oneOf<const char *>({"mk,kn->mn", "km,kn->mn",
                                                  "mk,nk->nm", "km,nk->mn"}),
                        {{'m', m}, {'n', n}, {'k', k}});
  }
  int64_t m = dice.oneOf<int64_t>({1, 2, 3, 5});
  int64_t k = dice.between(0, 1000) + int64_t(Work / double(m));
  return makeEquation(
      dice.oneOf<const char *>({"mk->m", "km->m", "km,k->m", "mk,mk->"}),
      {{'m', m}, {'k', k}});
}

/// Every subset of batch, M, N and K as often.
RandomEquation makePairGroups(Dice &dice) {
  unsigned groups = unsigned(dice.below(16));
  struct Group {
    std::string letters;
    bool in[3];
  };
  const Group all[] = {{"bc", {true, true, true}},
                       {"m", {true, false, true}},
                       {"n", {false, true, true}},
                       {"kl", {true, true, false}}};
  std::string terms[3];
  for (unsigned g = 0; g < 4; ++g) {
    if (!(groups & (1u << g)))
      continue;
    size_t count = dice.percent(40) ? all[g].letters.size() : 1;
    for (unsigned term = 0; term < 3; ++term)
      if (all[g].in[term])
        terms[term] += all[g].letters.substr(0, count);
  }
  Extents extents;
  for (char letter : std::string("bcmnkl"))
    extents[letter] = dice.oneOf<int64_t>({2, 3, 5, 8, 9, 16, 17, 33, 40});
  for (std::string &term : terms) {
    std::vector<char> order(term.begin(), term.end());
    dice.shuffle(order);
    term.assign(order.begin(), order.end());
  }
  return makeEquation(terms[0] + "," + terms[1] + "->" + terms[2],
                      limited(dice, extents, 3e4));
}

/// Diagonals and traces, read and written.
RandomEquation makeDiagonal(Dice &dice) {
  return equationOf(dice,
                    {"aa->a", "aa->", "aab->b", "aba->ab", "aba->ba", "abab->",
                     "aab,b->a", "aab,bc->ac", "aa,aa->a", "a->aa", "ab->aba",
                     "ab,b->aab", "ab,bc->aca"},
                    2e4);
}

} // namespace

const std::vector<ShapeTemplate> &einc::tests::shapeTemplates() {
  static const std::vector<ShapeTemplate> templates = {
      {"free", 420, makeRandomEquation},
      {"matrix product", 80, makeMatrixProduct},
      {"batched product", 50, makeBatchedProduct},
      {"small product", 50, makeSmallProduct},
      {"matrix-vector", 45, makeMatrixVector},
      {"batched matrix-vector", 25, makeBatchedMatrixVector},
      {"dot", 45, makeDot},
      {"outer", 40, makeOuter},
      {"elementwise", 35, makeElementwise},
      {"permutation", 50, makePermutation},
      {"reduction", 50, makeReduction},
      {"long sum", 20, makeLongSum},
      {"pair groups", 60, makePairGroups},
      {"diagonal", 30, makeDiagonal},
  };
  return templates;
}
