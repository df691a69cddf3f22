package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that a document shows in a block is one that the program understands. */
class DocumentedCommandsTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:\\w+=\\S* )*\\./fourier-masks (.+)$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** Documents, from the project's folder. */
  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
    for (String folder : List.of("docs", "samples")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void its_commands_have_the_options_that_it_names(Path document) throws IOException {
    for (String command : commands(Files.readString(document))) {
      String[] words = words(command);
      if (words[0].equals("test") || words[0].endsWith("...")) {
        continue; // the launcher's own
      }
      assertThatCode(() -> FourierMasksCommand.commandLine().parseArgs(words))
          .as("%s: ./fourier-masks %s", document, command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void there_are_commands_to_look_at() throws IOException {
    int found = 0;
    for (Path document : documents()) {
      found += commands(Files.readString(document)).size();
    }
    assertThat(found).isGreaterThan(20);
  }

  private static List<String> commands(String document) {
    List<String> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(document);
    while (block.find()) {
      Matcher command = COMMAND.matcher(block.group(1).replaceAll("\\\\\\n\\s*", ""));
      while (command.find()) {
        commands.add(command.group(1).replaceFirst("\\s# .*|\\s&$", ""));
      }
    }
    return commands;
  }

  /** What is optional is in brackets, and tried too. */
  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replaceAll("\\[(-[^\\]]*)\\]", "$1"));
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words.toArray(String[]::new);
  }
}
