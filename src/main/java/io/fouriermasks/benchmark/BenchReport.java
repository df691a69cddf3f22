package io.fouriermasks.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a run of the measurements found, as JSON and as a table.
 *
 * @param program its version
 * @param machine where it ran
 * @param against the opponent's command, or null
 * @param speeds of steps
 * @param searches to the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
    String program,
    Machine machine,
    String against,
    List<SpeedResult> speeds,
    List<SearchResult> searches) {

  public BenchReport {
    speeds = List.copyOf(speeds);
    searches = List.copyOf(searches);
  }

  /**
   * What was measured on.
   *
   * @param processor its model, as the system names it
   * @param processors how many the program may use
   * @param device {@code cpu} or {@code cuda:N}
   * @param threads that share an operation on the CPU
   * @param engine name and version
   * @param java version
   */
  public record Machine(
      String processor, int processors, String device, int threads, String engine, String java) {}

  /**
   * Rounds of one measurement of steps.
   *
   * @param secondsAnImageStep ours
   * @param outsideNetwork median share of a step
   * @param outsideProducts median share of a step that is no convolution and no matrix product
   * @param peakMemory most bytes in any round
   * @param opponent seconds of its step, of one image
   * @param ratio ours to the opponent's, round by round
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SpeedResult(
      String architecture,
      String preset,
      int batch,
      Spread secondsAnImageStep,
      double outsideNetwork,
      Double outsideProducts,
      Long peakMemory,
      Spread opponent,
      Spread ratio) {}

  /**
   * Rounds of one measurement to the end.
   *
   * @param imagesAnHour ours
   * @param stepsAnImage mean
   * @param objective over the images of the last round
   * @param kept predictions of the last round
   * @param opponentImagesAnHour its own
   * @param opponentObjective over its images of the last round
   * @param worse over the images of the last round: our objective minus the opponent's
   * @param ratio how many images we finish while it finishes one, round by round
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SearchResult(
      String architecture,
      String preset,
      int images,
      int atOnce,
      Spread imagesAnHour,
      double stepsAnImage,
      Spread objective,
      int kept,
      Long peakMemory,
      Spread opponentImagesAnHour,
      Spread opponentObjective,
      Spread worse,
      Spread ratio) {}
}
