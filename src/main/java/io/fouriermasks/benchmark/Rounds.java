package io.fouriermasks.benchmark;

import io.fouriermasks.benchmark.BenchReport.SearchResult;
import io.fouriermasks.benchmark.BenchReport.SpeedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Measurements that are made alternately, ours and the opponent's: what the machine does besides
 * changes with time, and what is measured side by side sees the same of it. Ratios are of one round
 * each.
 */
public final class Rounds {

  private Rounds() {}

  /** What one round of steps found; the opponent's is empty without one. */
  public record OfSteps(Speed ours, List<Opponent.Run> opponent) {

    public OfSteps {
      opponent = List.copyOf(opponent);
    }

    private double theirs() {
      return Spread.of(opponent.stream().map(Opponent.Run::secondsAStep).toList()).median();
    }
  }

  /** What one round to the end found; the opponent's is empty without one. */
  public record ToTheEnd(Search ours, List<Opponent.Run> opponent) {

    public ToTheEnd {
      opponent = List.copyOf(opponent);
    }

    private double theirsAnHour() {
      return opponent.size() * 3600 / opponent.stream().mapToDouble(Opponent.Run::seconds).sum();
    }
  }

  /** Puts rounds of the same measurement together. */
  public static SpeedResult steps(List<OfSteps> rounds) {
    Speed first = rounds.get(0).ours();
    boolean isAlone = rounds.get(0).opponent().isEmpty();
    return new SpeedResult(
        first.architecture(),
        first.preset(),
        first.batch(),
        Spread.of(rounds.stream().map(round -> round.ours().secondsAnImageStep()).toList()),
        Spread.of(rounds.stream().map(round -> round.ours().outsideNetwork()).toList()).median(),
        first.outsideProducts() == null
            ? null
            : Spread.of(rounds.stream().map(round -> round.ours().outsideProducts()).toList())
                .median(),
        most(rounds.stream().map(round -> round.ours().peakMemory()).toList()),
        isAlone ? null : Spread.of(rounds.stream().map(OfSteps::theirs).toList()),
        isAlone
            ? null
            : Spread.of(
                rounds.stream()
                    .map(round -> round.ours().secondsAnImageStep() / round.theirs())
                    .toList()));
  }

  /** Puts rounds of the same measurement together. */
  public static SearchResult toTheEnd(List<ToTheEnd> rounds) {
    ToTheEnd last = rounds.get(rounds.size() - 1);
    Search ours = last.ours();
    boolean isAlone = last.opponent().isEmpty();
    return new SearchResult(
        ours.architecture(),
        ours.preset(),
        ours.images(),
        ours.atOnce(),
        Spread.of(rounds.stream().map(round -> round.ours().imagesAnHour()).toList()),
        (double) ours.imageSteps() / ours.images(),
        Spread.of(ours.objectives()),
        ours.kept(),
        most(rounds.stream().map(round -> round.ours().peakMemory()).toList()),
        isAlone ? null : Spread.of(rounds.stream().map(ToTheEnd::theirsAnHour).toList()),
        isAlone ? null : Spread.of(last.opponent().stream().map(Opponent.Run::objective).toList()),
        isAlone || last.opponent().size() != ours.images() ? null : Spread.of(worse(last)),
        isAlone
            ? null
            : Spread.of(
                rounds.stream()
                    .map(round -> round.ours().imagesAnHour() / round.theirsAnHour())
                    .toList()));
  }

  private static List<Double> worse(ToTheEnd round) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < round.opponent().size(); i++) {
      differences.add(round.ours().objectives().get(i) - round.opponent().get(i).objective());
    }
    return differences;
  }

  private static Long most(List<Long> values) {
    return values.stream().filter(Objects::nonNull).max(Long::compare).orElse(null);
  }
}
