package io.fouriermasks.api;

import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.ModelMask;
import io.fouriermasks.training.ModelMaskSettings;
import io.fouriermasks.training.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of masks as the commands write them, without the training. */
public final class KitFiles {

  private static final int SIZE = 128;

  private KitFiles() {}

  /** A mask that keeps the frequencies up to a radius. */
  public static FourierMask disc(int radius) {
    float[] plane = new float[SIZE * SIZE];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        int v = Math.min(row, SIZE - row);
        int u = Math.min(column, SIZE - column);
        plane[row * SIZE + column] = Math.hypot(u, v) <= radius ? 1 : 0;
      }
    }
    return FourierMask.ofFullPlane(SIZE, plane);
  }

  /** An archive of a whole-model or class mask: of 3 epochs the mask of the second. */
  public static byte[] ofModel(FourierMask mask, Map<String, ?> context) {
    ModelMask result =
        new ModelMask(
            mask,
            0.8,
            0.75,
            new float[] {0.5f, 0.25f, 0.125f},
            new float[] {0.9f, 0.5f, 0.3f},
            new float[] {0.8f, 0.75f, 0.6f},
            StopReason.CONVERGED,
            0,
            2,
            360,
            12.5);
    return MaskArchive.npz(result, ModelMaskSettings.PAPER, context);
  }

  /** An archive of the mask of {@code CLASS/FILE}, which keeps the prediction, class 0 of 5. */
  public static byte[] ofImage(FourierMask mask, String image, Map<String, ?> context) {
    float[] logits = {3, 0, 0, 0, 0};
    ImageMask result =
        new ImageMask(
            mask,
            0,
            0.183,
            logits,
            logits,
            new float[] {0f, 0.01f},
            new float[] {1f, 0.9f},
            StopReason.CONVERGED,
            0,
            1.5);
    Map<String, Object> all = new LinkedHashMap<>(context);
    all.put("image", image);
    return MaskArchive.npz(result, all);
  }

  /** Writes a file, with the folders above it. */
  public static void write(Path root, String name, byte[] content) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
