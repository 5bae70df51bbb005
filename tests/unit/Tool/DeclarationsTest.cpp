// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/Declarations.h"

#include <gtest/gtest.h>

#include <set>

using namespace einc;

TEST(Declarations, CommandsHaveDistinctNamesAndExamples) {
  CommandLine line;
  std::set<std::string> names;
  for (const CommandDeclaration &command : declareCommands(line)) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.description.empty()) << command.name;
    EXPECT_NE(std::string(command.examples).find("$ "), std::string::npos)
        << command.name;
  }
  EXPECT_GE(names.size(), 10u);
}

TEST(Declarations, OptionsOfACommandHaveDistinctNames) {
  CommandLine line;
  for (const CommandDeclaration &command : declareCommands(line)) {
    std::set<std::string> names;
    for (const OptionDeclaration &option : command.options)
      for (const std::string &name : option.listNames())
        EXPECT_TRUE(names.insert(name).second) << command.name << " " << name;
  }
}

TEST(Declarations, WhatTheShellOffersIsTaken) {
  CommandLine line;
  unsigned count = 0;
  for (const CommandDeclaration &command : declareCommands(line))
    for (const OptionDeclaration &option : command.options)
      for (const std::string &choice : option.choices) {
        EXPECT_EQ(option.store(choice), "")
            << command.name << " " << option.names;
        ++count;
      }
  EXPECT_GE(count, 40u);
}

/// "...; use a, b or c": what is refused names all that is taken.
TEST(Declarations, WhatIsOfferedIsWhatMessagesName) {
  CommandLine line;
  unsigned count = 0;
  for (const CommandDeclaration &command : declareCommands(line))
    for (const OptionDeclaration &option : command.options) {
      // --accumulate offers two of the types that it can read.
      if (option.choices.empty() || option.names == "--accumulate")
        continue;
      std::string mistake = option.store("?");
      size_t use = mistake.find("; use ");
      if (use == mistake.npos)
        continue;
      EXPECT_EQ(option.choices, wordsOfList(mistake.substr(use + 6)))
          << command.name << " " << option.names;
      ++count;
    }
  EXPECT_GE(count, 6u);
}

TEST(Declarations, Names) {
  OptionDeclaration option{"--output,-o", "FILE", ""};
  EXPECT_EQ(option.listNames(), (std::vector<std::string>{"--output", "-o"}));
  EXPECT_EQ(option.name(), "--output");
  EXPECT_TRUE(option.takesFile());
  EXPECT_FALSE(option.isPositional());
  EXPECT_TRUE((OptionDeclaration{"FILES", "", ""}).isPositional());
}

TEST(Declarations, ListsOfWords) {
  EXPECT_EQ(listOfWords({}), "");
  EXPECT_EQ(listOfWords({"a"}), "a");
  EXPECT_EQ(listOfWords({"a", "b"}), "a or b");
  EXPECT_EQ(listOfWords({"a", "b", "c"}), "a, b or c");
  for (const char *list : {"a", "a or b", "a, bc or d"})
    EXPECT_EQ(listOfWords(wordsOfList(list)), list);
}
