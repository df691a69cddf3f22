package io.fouriermasks.report;

import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.GrayImage;
import io.fouriermasks.dataset.RgbImage;
import io.fouriermasks.dataset.TrainingTransform;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What each augmentation does to photographs, for the eye: one row a photograph. */
public final class AugmentationSheet {

  private static final int SIZE = 128;

  /** The rest is the attack's: it needs a network. */
  private static final List<Augmentation> AFFINE =
      List.of(
          Augmentation.NORMAL, Augmentation.SCALE, Augmentation.TRANSLATION, Augmentation.ROTATION);

  private final List<String> names;
  private final List<RgbImage> photographs;
  private final int views;
  private final long seed;

  /**
   * @param names of the photographs
   * @param photographs one for each name
   * @param views random views of each augmentation, at least 1
   * @param seed draws them
   */
  public AugmentationSheet(List<String> names, List<RgbImage> photographs, int views, long seed) {
    this.names = List.copyOf(names);
    this.photographs = List.copyOf(photographs);
    this.views = views;
    this.seed = seed;
  }

  /** The sheet without attacked photographs. */
  public Figure draw() {
    return figure(sheet(List.of()));
  }

  /**
   * The sheet with the photographs attacked, and what the attack added, magnified.
   *
   * @param network whose loss is raised; its own predictions are taken for the true classes
   * @param attack the attack, with its seed
   */
  public Figure draw(FrozenNetwork network, EvaluationAttack attack) {
    ModelCard card = network.card();
    double magnification = 0.5 / (attack.pgd().eps() * card.std());
    Sheet sheet = sheet(List.of("adv", "adv - original, x%.0f".formatted(magnification)));
    List<float[]> clean =
        photographs.stream().map(it -> original(it).normalised(card.mean(), card.std())).toList();
    float[][] logits = network.logits(clean);
    int[] labels = new int[logits.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Logits.argmax(logits[i]);
    }
    List<float[]> attacked = attack.attack(network, clean, labels, done -> {});
    int column = 1 + AFFINE.size() * views;
    for (int row = 0; row < clean.size(); row++) {
      float[] pixels = new float[SIZE * SIZE];
      float[] added = new float[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        float difference = attacked.get(row)[i] - clean.get(row)[i];
        pixels[i] = attacked.get(row)[i] * card.std() + card.mean();
        added[i] = (float) (0.5 + difference * card.std() * magnification);
      }
      sheet.put(row, column, gray(pixels));
      sheet.put(row, column + 1, gray(added));
    }
    return figure(sheet);
  }

  private Sheet sheet(List<String> attacked) {
    List<String> columns = new ArrayList<>(List.of("original"));
    for (Augmentation augmentation : AFFINE) {
      for (int view = 0; view < views; view++) {
        columns.add("%s (%s)".formatted(augmentation.code(), augmentation.title()));
      }
    }
    columns.addAll(attacked);
    Sheet sheet = new Sheet(columns, names, false);
    for (int row = 0; row < photographs.size(); row++) {
      int column = 0;
      sheet.put(row, column++, original(photographs.get(row)));
      for (Augmentation augmentation : AFFINE) {
        TrainingTransform transform =
            new TrainingTransform(SIZE, TrainingTransform.DEFAULT_MIN_SCALE, augmentation);
        RgbImage resized = transform.resize(photographs.get(row));
        // the same crops and flips in every augmentation: only the affine map differs
        SplittableRandom crops = new SplittableRandom(seed + row);
        for (int view = 0; view < views; view++) {
          sheet.put(row, column++, transform.apply(resized, crops.split()));
        }
      }
    }
    return sheet;
  }

  private Figure figure(Sheet sheet) {
    return sheet.figure(
        "augmentations",
        "What each augmentation does",
        "Each row one photograph: as networks are tested on it, random training views of each"
            + " augmentation from the same crops, the photograph attacked, and what the attack added:"
            + " mid gray is nothing, black and white are the attack's radius.",
        "Photographs and their random views, drawn with the seed %d.".formatted(seed));
  }

  private static GrayImage original(RgbImage photograph) {
    return new EvaluationTransform(SIZE).apply(photograph);
  }

  private static GrayImage gray(float[] pixels) {
    byte[] levels = new byte[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, pixels[i])));
    }
    return new GrayImage(SIZE, SIZE, levels);
  }
}
