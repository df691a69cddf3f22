package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.ModelMask;
import io.fouriermasks.training.ModelMaskSettings;
import io.fouriermasks.training.StopReason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The folders of a study that is made in no time: untrained networks, masks drawn by hand. The
 * masks of the five models have the published shapes, so that the checks of shape pass.
 *
 * @param root has models/, masks/, image_masks/ and val/
 */
public record TinyStudy(Path root) {

  public static final List<String> CLASSES = List.of("birch", "cliff", "dune", "lawn", "road");

  private static final int SIZE = 128;

  /** The five whole-model masks, converged. */
  public TinyStudy withMasks() throws IOException {
    mask(Augmentation.NORMAL, plateau(1, 30, 0.4, 60));
    mask(Augmentation.ADVERSARIAL, plateau(1, 30, 0, 60));
    mask(Augmentation.SCALE, plateau(1, 30, 0.3, 60));
    mask(Augmentation.TRANSLATION, plateau(1, 30, 0.45, 60));
    mask(Augmentation.ROTATION, plateau(1, 30, 1, 60));
    return this;
  }

  /** Writes, or replaces, a whole-model mask that kept 0.9 of 0.9. */
  public TinyStudy mask(Augmentation augmentation, FourierMask mask) throws IOException {
    return mask("compact_mask_" + augmentation.code(), mask, 0.9, 1);
  }

  /** The same with another accuracy through the mask, and the epoch it is from (0: none). */
  public TinyStudy mask(String name, FourierMask mask, double maskedAccuracy, int keptEpoch)
      throws IOException {
    ModelMask result =
        new ModelMask(
            mask,
            0.9,
            maskedAccuracy,
            new float[] {0.1f},
            new float[] {(float) mask.sparsity()},
            new float[] {(float) maskedAccuracy},
            StopReason.CONVERGED,
            0,
            keptEpoch,
            15,
            1);
    write(
        "masks/" + name + ".npz",
        MaskArchive.npz(result, ModelMaskSettings.PAPER, Map.of("kind", "model-mask")));
    return this;
  }

  /** Untrained networks of these augmentations. */
  public TinyStudy withModels(Augmentation... augmentations) throws IOException {
    for (Augmentation augmentation : augmentations) {
      ModelCard card = ModelCard.of(Architecture.COMPACT, augmentation.code(), CLASSES);
      Path file = root.resolve("models").resolve(card.fileName());
      Files.createDirectories(file.getParent());
      Initialisation.draw(card.withAccuracy(0.2), 31 + augmentation.ordinal()).write(file);
    }
    return this;
  }

  /** Photographs of stripes, so many of each class. */
  public TinyStudy withPhotographs(int each) throws IOException {
    for (int label = 0; label < CLASSES.size(); label++) {
      for (int i = 0; i < each; i++) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < SIZE * SIZE; p++) {
          double wave = Math.cos(2 * Math.PI * (label + 1) * (p % SIZE + i * (p / SIZE)) / SIZE);
          image.setRGB(p % SIZE, p / SIZE, ((int) (128 + 100 * wave)) * 0x010101);
        }
        Path file = root.resolve("val").resolve(CLASSES.get(label)).resolve(i + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
      }
    }
    return this;
  }

  /** The mask of photograph {@code i} of a class, trained to hold that class. */
  public TinyStudy imageMask(Variant variant, int label, int i, FourierMask mask)
      throws IOException {
    float[] logits = new float[CLASSES.size()];
    logits[label] = 5;
    ImageMask result =
        new ImageMask(
            mask,
            label,
            0.1,
            logits,
            logits,
            new float[1],
            new float[1],
            StopReason.CONVERGED,
            0,
            1);
    write(
        "image_masks/compact_imagemask_%s/%s/%d.npz"
            .formatted(variant.code(), CLASSES.get(label), i),
        MaskArchive.npz(result, Map.of("kind", "image-mask", "trueLabel", label)));
    return this;
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** What is there of it. */
  public Study read() throws IOException {
    return new StudyReader(folders(), Optional.empty(), Progress.NONE).read();
  }

  StudyFolders folders() {
    return new StudyFolders(
        existing("models"), existing("masks"), existing("image_masks"), existing("val"));
  }

  private Optional<Path> existing(String name) {
    return Optional.of(root.resolve(name)).filter(Files::isDirectory);
  }

  /** One value up to a distance from the zero frequency, another up to a second, then 0. */
  public static FourierMask plateau(double inner, int radius, double outer, int end) {
    int columns = FourierMask.columns(SIZE);
    float[] half = new float[SIZE * columns];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < columns; column++) {
        double distance = Math.hypot(Math.min(row, SIZE - row), column);
        half[row * columns + column] =
            (float) (distance <= radius ? inner : distance <= end ? outer : 0);
      }
    }
    return FourierMask.ofHalfPlane(SIZE, half);
  }
}
