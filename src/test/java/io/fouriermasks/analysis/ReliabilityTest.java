package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.fouriermasks.Fixture;
import io.fouriermasks.analysis.Accuracy.ClassCount;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

  private static final List<Batch> BATCHES =
      List.of(
          Pictures.batch(
              new int[] {1, 1, 0},
              Pictures.constant(0.5f),
              Pictures.constant(0.5f),
              Pictures.constant(-0.3f)),
          Pictures.batch(new int[] {0}, Pictures.constant(0.5f))); // labelled wrongly

  @Test
  void accuracy_confidence_and_class_counts_are_those_worked_out_by_hand() {
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      // through a tenth of the zero frequency every image falls below the threshold
      Reliability reliability =
          Reliability.measure(
              network, Pictures.zeroFrequency(0.1f), BATCHES, AnalysisListener.NONE);
      assertThat(reliability.clean().share()).isEqualTo(0.75);
      assertThat(reliability.clean().classes())
          .containsExactly(new ClassCount(2, 1, 1), new ClassCount(2, 2, 3));
      assertThat(reliability.clean().meanConfidence())
          .isCloseTo((3 * sigmoid(4) + sigmoid(4)) / 4, within(1e-4));
      assertThat(reliability.masked().share()).isEqualTo(0.5);
      assertThat(reliability.masked().classes())
          .containsExactly(new ClassCount(2, 2, 4), new ClassCount(2, 0, 0));
      assertThat(reliability.masked().meanConfidence())
          .isCloseTo((3 * sigmoid(0.5) + sigmoid(1.3)) / 4, within(1e-4));
      assertThat(reliability.ratio()).isCloseTo(2.0 / 3, within(1e-12));
    }
  }

  @Test
  void the_identity_changes_no_prediction_of_a_trained_network() throws Exception {
    Fixture fixture = Fixture.load("network_compact.npz");
    int[] labels =
        Arrays.stream(fixture.doubles("predictions")).mapToInt(label -> (int) label).toArray();
    try (FrozenNetwork network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu())) {
      Reliability reliability =
          Reliability.measure(
              network,
              FourierMask.ones(128),
              List.of(new Batch(fixture.floats("images"), labels, labels.length)),
              AnalysisListener.NONE);
      assertThat(reliability.clean().share()).isEqualTo(1);
      assertThat(reliability.masked().share()).isEqualTo(1);
      assertThat(reliability.masked().meanConfidence())
          .isCloseTo(reliability.clean().meanConfidence(), within(1e-5));
    }
  }

  @Test
  void progress_counts_images_and_a_cancelled_analysis_ends() {
    List<Integer> progress = new ArrayList<>();
    AnalysisListener oneBatch =
        new AnalysisListener() {
          @Override
          public void onProgress(int done) {
            progress.add(done);
          }

          @Override
          public boolean isCancelled() {
            return !progress.isEmpty();
          }
        };
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      assertThatThrownBy(
              () -> Reliability.measure(network, FourierMask.ones(128), BATCHES, oneBatch))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(progress).containsExactly(3);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
