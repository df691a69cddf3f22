package io.fouriermasks.packaging;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile, as far as ours go.
 *
 * @param instructions in order, without comments; a continued line is one
 */
record Dockerfile(List<Instruction> instructions) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(\\S+)");

  /** Such as {@code RUN} and what it runs. */
  record Instruction(String name, String arguments) {

    /** Whether a command is a JSON array, which the engine starts without a shell. */
    boolean isExec() {
      return arguments.startsWith("[");
    }
  }

  static Dockerfile read(Path file) throws IOException {
    List<Instruction> instructions = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String raw : Files.readAllLines(file)) {
      if (raw.startsWith("#") || raw.isBlank()) {
        continue;
      }
      boolean isContinued = raw.endsWith("\\");
      line.append(isContinued ? raw.substring(0, raw.length() - 1) : raw);
      if (!isContinued) {
        String[] parts = line.toString().strip().split("\\s+", 2);
        instructions.add(new Instruction(parts[0], parts[1]));
        line.setLength(0);
      }
    }
    return new Dockerfile(instructions);
  }

  /** The arguments of all instructions of a name. */
  List<String> all(String name) {
    return instructions.stream()
        .filter(each -> each.name().equals(name))
        .map(Instruction::arguments)
        .toList();
  }

  /** The instructions of the last stage, which the image is made of. */
  Dockerfile image() {
    int from = 0;
    for (int k = 0; k < instructions.size(); k++) {
      if (instructions.get(k).name().equals("FROM")) {
        from = k;
      }
    }
    return new Dockerfile(instructions.subList(from, instructions.size()));
  }

  /** The words of a command in exec form, such as that of {@code ENTRYPOINT}. */
  List<String> command(String name) throws IOException {
    return words(all(name).get(0));
  }

  /** The words of the health check's command. */
  List<String> healthCheck() throws IOException {
    return words(all("HEALTHCHECK").get(0).replaceFirst("^.*?CMD ", ""));
  }

  private static List<String> words(String array) throws IOException {
    return JSON.readValue(array, new TypeReference<List<String>>() {});
  }

  /** The variables that the image sets. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String assignments : all("ENV")) {
      Matcher assignment = ASSIGNMENT.matcher(assignments);
      while (assignment.find()) {
        environment.put(assignment.group(1), assignment.group(2));
      }
    }
    return environment;
  }
}
