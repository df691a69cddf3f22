package io.fouriermasks.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.benchmark.BenchReport.SearchResult;
import io.fouriermasks.benchmark.BenchReport.SpeedResult;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of measured times. */
class RoundsTest {

  private static Opponent.Run run(double seconds, double secondsAStep, double objective) {
    return new Opponent.Run(100, seconds, secondsAStep, objective, true);
  }

  @Test
  void the_ratio_is_that_of_each_round_because_the_machine_changes_between_them() {
    // twice as slow a machine in the second round, and a disturbance of ours in the third
    List<Rounds.OfSteps> rounds =
        List.of(
            new Rounds.OfSteps(
                new Speed("vgg", "paper", 8, 0.08, 0.06, 0.2, 7L), List.of(run(1, 0.1, 1))),
            new Rounds.OfSteps(
                new Speed("vgg", "paper", 8, 0.16, 0.12, 0.1, 9L), List.of(run(1, 0.2, 1))),
            new Rounds.OfSteps(
                new Speed("vgg", "paper", 8, 0.40, 0.06, 0.3, 8L), List.of(run(1, 0.1, 1))));
    SpeedResult result = Rounds.steps(rounds);
    assertThat(result.secondsAnImageStep().median()).isCloseTo(0.02, within(1e-12));
    assertThat(result.ratio().median()).isCloseTo(0.1, within(1e-12));
    assertThat(result.ratio().most()).isCloseTo(0.5, within(1e-12));
    assertThat(result.outsideNetwork()).isCloseTo(0.25, within(1e-12));
    assertThat(result.outsideProducts()).isEqualTo(0.2);
    assertThat(result.peakMemory()).isEqualTo(9);
  }

  @Test
  void images_an_hour_are_compared_and_objectives_image_by_image() {
    Search ours = new Search("resnet", "paper", 2, 16, 2, 300, List.of(1.01, 1.02), 2, null);
    SearchResult result =
        Rounds.toTheEnd(
            List.of(new Rounds.ToTheEnd(ours, List.of(run(30, 0, 1.02), run(30, 0, 1.00)))));
    assertThat(result.imagesAnHour().median()).isEqualTo(3600);
    assertThat(result.opponentImagesAnHour().median()).isEqualTo(120);
    assertThat(result.ratio().median()).isEqualTo(30);
    assertThat(result.stepsAnImage()).isEqualTo(150);
    assertThat(result.worse().least()).isCloseTo(-0.01, within(1e-12));
    assertThat(result.worse().most()).isCloseTo(0.02, within(1e-12));
    assertThat(Rounds.toTheEnd(List.of(new Rounds.ToTheEnd(ours, List.of()))).ratio()).isNull();
  }

  @Test
  void steps_to_warm_up_do_not_count() {
    Iterator<Long> times = List.of(0L, 1_000_000_000L, 4_000_000_000L, 9_000_000_000L).iterator();
    StepClock clock = new StepClock(2, 3, times::next);
    int steps = 0;
    while (!clock.isCancelled()) {
      steps++;
    }
    assertThat(steps).isEqualTo(5);
    assertThat(clock.median()).isEqualTo(3);
    StepClock early = new StepClock(0, 3, () -> 0);
    early.isCancelled();
    assertThatThrownBy(early::median).hasMessageContaining("ended after 1 steps");
  }

  @Test
  void an_opponent_is_any_command_that_prints_its_runs() throws Exception {
    String json = "{\\\"runs\\\": [{\\\"steps\\\": 3, \\\"seconds\\\": 1.5, \\\"other\\\": 1}]}";
    List<Opponent.Run> runs = new Opponent("echo \"" + json + "\" # {architecture}").run("vgg");
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).seconds()).isEqualTo(1.5);
    assertThat(new Opponent("test {architecture} = vgg && echo \"" + json + "\"").run("vgg"))
        .hasSize(1);

    assertThatThrownBy(() -> new Opponent("exit 3").run("vgg"))
        .isInstanceOf(IOException.class)
        .hasMessage("'exit 3' failed with exit code 3");
    assertThatThrownBy(() -> new Opponent("echo hello").run("vgg"))
        .hasMessageContaining("printed no JSON object");
    assertThatThrownBy(() -> new Opponent("echo {}").run("vgg"))
        .hasMessageContaining("printed no runs");
  }
}
