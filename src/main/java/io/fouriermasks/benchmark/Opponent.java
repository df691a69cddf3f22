package io.fouriermasks.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Another program that trains masks, one image after the other: any command that prints one JSON
 * object, {@code {"runs": [{"steps", "seconds", "median_s_per_step", "objective",
 * "prediction_kept"}, ..]}}, one run an image.
 */
public final class Opponent {

  private static final String ARCHITECTURE = "{architecture}";

  private final String command;

  /**
   * @param command for the shell; {@code {architecture}} in it becomes {@code vgg}, {@code resnet}
   *     or {@code compact}
   */
  public Opponent(String command) {
    this.command = command;
  }

  /** One image's training. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Run(
      int steps,
      double seconds,
      @JsonProperty("median_s_per_step") double secondsAStep,
      double objective,
      @JsonProperty("prediction_kept") boolean isKept) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Answer(List<Run> runs) {}

  /**
   * Lets it train.
   *
   * @throws IOException if it fails, or answers something else; says what
   */
  public List<Run> run(String architecture) throws IOException, InterruptedException {
    String line = command.replace(ARCHITECTURE, architecture);
    Process process =
        new ProcessBuilder("sh", "-c", line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("'%s' failed with exit code %d".formatted(line, code));
      }
      return runs(line, text);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<Run> runs(String line, String text) throws IOException {
    try {
      Answer answer = new ObjectMapper().readValue(text, Answer.class);
      if (answer.runs() == null || answer.runs().isEmpty()) {
        throw new IOException("'%s' printed no runs".formatted(line));
      }
      return answer.runs();
    } catch (JsonProcessingException e) {
      throw new IOException("'%s' printed no JSON object with runs".formatted(line), e);
    }
  }
}
