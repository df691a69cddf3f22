package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.Fixture;
import io.fouriermasks.api.TestPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real measurements, small ones. */
class BenchCommandTest {

  private static final String OPPONENT =
      "echo '{\"runs\": [{\"steps\": 2, \"seconds\": 8, \"median_s_per_step\": 4,"
          + " \"objective\": 1.5, \"prediction_kept\": true}]}'";

  @TempDir Path folder;

  private final CommandHarness command = new CommandHarness();

  @Test
  void steps_are_timed_beside_an_opponent_and_written_as_json_and_as_a_table() throws Exception {
    Path json = folder.resolve("bench.json");
    int code =
        command.run(
            new BenchCommand(),
            "--architecture",
            "compact",
            "--batch",
            "1,2",
            "--steps",
            "3",
            "--rounds",
            "2",
            "--device",
            "cpu",
            "--json",
            json.toString(),
            "--against",
            OPPONENT);
    assertThat(code).as(command.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/machine/device").asText()).isEqualTo("cpu");
    assertThat(report.at("/speeds")).hasSize(2);
    JsonNode two = report.at("/speeds/1");
    assertThat(two.at("/batch").asInt()).isEqualTo(2);
    double seconds = two.at("/secondsAnImageStep/median").asDouble();
    assertThat(seconds).isPositive();
    assertThat(two.at("/opponent/median").asDouble()).isEqualTo(4);
    assertThat(two.at("/ratio/least").asDouble()).isPositive().isLessThan(1);
    assertThat(two.at("/outsideNetwork").asDouble()).isBetween(0.0, 1.0);
    assertThat(command.out())
        .contains("| compact | paper | 1 |", "| compact | paper | 2 |", " | 4000.0 ms | ");
  }

  @Test
  void images_are_trained_to_their_end_under_a_trained_network() throws Exception {
    Path image = folder.resolve("a.png");
    Files.write(image, TestPictures.noise(140, 128, 5, "png"));
    Path weights = Fixture.file("compact_weights.safetensors");
    int code =
        command.run(
            new BenchCommand(),
            "--until-stop",
            "--weights",
            weights.toString(),
            "--images",
            image.toString(),
            "--batch",
            "1",
            "--max-steps",
            "5",
            "--rounds",
            "1",
            "--device",
            "cpu",
            "--against",
            OPPONENT);
    assertThat(code).as(command.err()).isZero();
    assertThat(command.out())
        .contains("| compact | paper | 1, 1 |", "| 5 |", "| 450.0 | 1.50000 |");
  }

  @Test
  void another_preset_is_measured_to_the_end_only() throws Exception {
    Path image = folder.resolve("a.png");
    Files.write(image, TestPictures.noise(140, 128, 5, "png"));
    String weights = Fixture.file("compact_weights.safetensors").toString();
    int code =
        command.run(
            new BenchCommand(),
            "--until-stop",
            "--preset=fast",
            "--weights=" + weights,
            "--images=" + image,
            "--batch=1",
            "--max-steps=5",
            "--rounds=1",
            "--device=cpu");
    assertThat(code).as(command.err()).isZero();
    assertThat(command.out()).contains("| compact | fast | 1, 1 |", "| 5 |");
    assertThat(command.run(new BenchCommand(), "--preset=fast")).isEqualTo(2);
    assertThat(command.err()).contains("--preset fast needs --until-stop");
    assertThat(command.run(new BenchCommand(), "--preset=best")).isEqualTo(2);
    assertThat(command.err()).contains("there is no preset 'best'");
  }

  @Test
  void what_cannot_be_measured_is_refused() {
    assertThat(command.run(new BenchCommand(), "--until-stop")).isEqualTo(2);
    assertThat(command.err()).contains("--weights and --images");
    assertThat(command.run(new BenchCommand(), "--architecture", "alexnet")).isEqualTo(2);
    assertThat(command.err()).contains("There is no architecture 'alexnet'");
    assertThat(command.run(new BenchCommand(), "--rounds", "0")).isEqualTo(2);
  }
}
