package io.fouriermasks.report;

import static io.fouriermasks.report.ModelMaskChecks.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The checks that do not look at a study's masks: A2, A3, A13, A14, A15 and A16. */
final class ProjectChecks {

  private static final int SIZE = 128;

  private final Workbench bench;

  ProjectChecks(Workbench bench) {
    this.bench = bench;
  }

  /** Those that need the full-size networks. */
  static List<Check> fullSize() {
    String why = "needs vgg or resnet at full size, trained with the preset paper";
    return List.of(
        Check.notMeasured("A2", "models", "published accuracies +- 2", why),
        Check.notMeasured("A3", "models", "order of the published accuracies", why),
        Check.notMeasured(
            "A13", "image masks", "adv above n in bands 0-5 for >= 85 % of the photographs", why));
  }

  /** Those that the project's own tests make. */
  static List<Check> tests() {
    String why = "a test of the project: ";
    return List.of(
        Check.notMeasured(
            "A15",
            "program",
            "fixtures within their tolerances",
            why
                + "NetworkParityTest, ImageMaskParityTest, ModelMaskParityTest, AttackTest,"
                + " OneCycleTest, FrequencyBandsTest"),
        Check.notMeasured(
            "A16", "program", "planted frequencies found", why + "PlantedFrequenciesTest"));
  }

  /** The masking of a random image, on the device where the study is analysed. */
  List<Check> transform() {
    float[] pixels = new float[SIZE * SIZE];
    SplittableRandom random = new SplittableRandom(bench.settings().seed());
    double mean = 0;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
      mean += pixels[i] / (double) pixels.length;
    }
    float[] zeros = new float[SIZE * FourierMask.columns(SIZE)];
    float[] onlyZeroFrequency = zeros.clone();
    onlyZeroFrequency[0] = 1;
    try (NDManager manager = NDManager.newBaseManager(bench.device())) {
      NDArray spectrum = HalfPlane.spectrum(manager.create(pixels, new Shape(1, 1, SIZE, SIZE)));
      double identity = farthest(through(manager, FourierMask.ones(SIZE), spectrum), pixels);
      double nothing =
          farthest(
              through(manager, FourierMask.ofHalfPlane(SIZE, zeros), spectrum),
              new float[SIZE * SIZE]);
      float[] means = new float[SIZE * SIZE];
      Arrays.fill(means, (float) mean);
      double constant =
          farthest(
              through(manager, FourierMask.ofHalfPlane(SIZE, onlyZeroFrequency), spectrum), means);
      return List.of(
          line("mask of ones", "the image", identity),
          line("mask of zeros", "0 everywhere", nothing),
          line("zero frequency alone", "the mean everywhere", constant));
    }
  }

  private static Check line(String subject, String expected, double farthest) {
    return Check.of(
        "A14",
        subject,
        text("largest distance %.1e", farthest),
        expected + ", within 1e-5",
        farthest < 1e-5);
  }

  private static float[] through(NDManager manager, FourierMask mask, NDArray spectrum) {
    return HalfPlane.masked(HalfPlane.array(manager, mask), spectrum).toFloatArray();
  }

  private static double farthest(float[] values, float[] expected) {
    double farthest = 0;
    for (int i = 0; i < values.length; i++) {
      farthest = Math.max(farthest, Math.abs(values[i] - expected[i]));
    }
    return farthest;
  }
}
