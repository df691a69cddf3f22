package io.fouriermasks.analysis;

import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What single-image masks keep and what they leave: accuracies of images through their own masks,
 * through the complements {@code 1 - [M > 0]}, and of attacked images through the masks of the
 * clean ones (checks A9 to A11).
 *
 * @param clean images without mask
 * @param complement images through the complement of their mask, which is the same for both forms
 * @param masked images through their mask, by its form
 * @param adversarial attacked images without mask; no images if none was given
 * @param adversarialMasked attacked images through the mask of the clean image, by its form
 */
public record ComplementAccuracy(
    Accuracy clean,
    Accuracy complement,
    Map<MaskForm, Accuracy> masked,
    Accuracy adversarial,
    Map<MaskForm, Accuracy> adversarialMasked) {

  private static final int AT_ONCE = 64;

  public ComplementAccuracy {
    masked = inOrder(masked);
    adversarialMasked = inOrder(adversarialMasked);
  }

  private static Map<MaskForm, Accuracy> inOrder(Map<MaskForm, Accuracy> accuracies) {
    Map<MaskForm, Accuracy> copy = new EnumMap<>(MaskForm.class);
    copy.putAll(accuracies);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * An image with its mask.
   *
   * @param pixels normalised, size x size, row-major
   * @param attacked the same image under an adversarial attack, or {@code null}
   * @param mask trained for {@code pixels}
   * @param label what counts as right: the true label, or the prediction that the mask was trained
   *     to hold, which is the same for selected images
   */
  @SuppressWarnings("ArrayRecordComponent") // large, shared, never compared
  public record Subject(float[] pixels, float[] attacked, FourierMask mask, int label) {}

  /**
   * Measures them: up to seven passes an image, 64 images at once. Blocks.
   *
   * @param subjects walked once
   * @param listener counts images
   * @throws java.util.concurrent.CancellationException if the listener cancels
   */
  public static ComplementAccuracy measure(
      FrozenNetwork network, Iterable<Subject> subjects, AnalysisListener listener) {
    Counters counters = new Counters(network);
    List<Subject> chunk = new ArrayList<>();
    int done = 0;
    for (Subject subject : subjects) {
      chunk.add(subject);
      if (chunk.size() == AT_ONCE) {
        done = counters.add(chunk, done, listener);
        chunk.clear();
      }
    }
    if (!chunk.isEmpty()) {
      counters.add(chunk, done, listener);
    }
    return counters.result();
  }

  private static final class Counters {

    private final FrozenNetwork network;
    private final Accuracy.Counter clean;
    private final Accuracy.Counter complement;
    private final Accuracy.Counter adversarial;
    private final Map<MaskForm, Accuracy.Counter> masked = new EnumMap<>(MaskForm.class);
    private final Map<MaskForm, Accuracy.Counter> adversarialMasked = new EnumMap<>(MaskForm.class);

    Counters(FrozenNetwork network) {
      this.network = network;
      clean = counter();
      complement = counter();
      adversarial = counter();
      for (MaskForm form : MaskForm.values()) {
        masked.put(form, counter());
        adversarialMasked.put(form, counter());
      }
    }

    private Accuracy.Counter counter() {
      return new Accuracy.Counter(network.card().classes().size());
    }

    int add(List<Subject> chunk, int done, AnalysisListener listener) {
      AnalysisListener.requireGoingOn(listener);
      int[] labels = labels(chunk);
      FourierMask[] masks = masks(chunk);
      try (MaskedPasses passes =
          new MaskedPasses(network, flat(chunk.stream().map(Subject::pixels).toList()))) {
        clean.add(passes.clean(), labels);
        complement.add(passes.through(complements(masks)), labels);
        masked.forEach((form, counter) -> counter.add(passes.through(of(form, masks)), labels));
      }
      List<Subject> attacked =
          chunk.stream().filter(subject -> subject.attacked() != null).toList();
      if (!attacked.isEmpty()) {
        addAttacked(attacked);
      }
      listener.onProgress(done + chunk.size());
      return done + chunk.size();
    }

    private void addAttacked(List<Subject> attacked) {
      int[] labels = labels(attacked);
      FourierMask[] masks = masks(attacked);
      try (MaskedPasses passes =
          new MaskedPasses(network, flat(attacked.stream().map(Subject::attacked).toList()))) {
        adversarial.add(passes.clean(), labels);
        adversarialMasked.forEach(
            (form, counter) -> counter.add(passes.through(of(form, masks)), labels));
      }
    }

    ComplementAccuracy result() {
      return new ComplementAccuracy(
          clean.accuracy(),
          complement.accuracy(),
          accuracies(masked),
          adversarial.accuracy(),
          accuracies(adversarialMasked));
    }

    private static Map<MaskForm, Accuracy> accuracies(Map<MaskForm, Accuracy.Counter> counters) {
      Map<MaskForm, Accuracy> accuracies = new EnumMap<>(MaskForm.class);
      counters.forEach((form, counter) -> accuracies.put(form, counter.accuracy()));
      return accuracies;
    }

    private static int[] labels(List<Subject> subjects) {
      return subjects.stream().mapToInt(Subject::label).toArray();
    }

    private static FourierMask[] masks(List<Subject> subjects) {
      return subjects.stream().map(Subject::mask).toArray(FourierMask[]::new);
    }

    private static FourierMask[] complements(FourierMask[] masks) {
      return Arrays.stream(masks).map(FourierMask::complement).toArray(FourierMask[]::new);
    }

    private static FourierMask[] of(MaskForm form, FourierMask[] masks) {
      return Arrays.stream(masks).map(form::of).toArray(FourierMask[]::new);
    }

    private static float[] flat(List<float[]> images) {
      int pixels = images.get(0).length;
      float[] flat = new float[images.size() * pixels];
      for (int i = 0; i < images.size(); i++) {
        if (images.get(i).length != pixels) {
          throw new IllegalArgumentException(
              "Images of %d and %d pixels do not go together"
                  .formatted(pixels, images.get(i).length));
        }
        System.arraycopy(images.get(i), 0, flat, i * pixels, pixels);
      }
      return flat;
    }
  }
}
