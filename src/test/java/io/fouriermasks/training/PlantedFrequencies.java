package io.fouriermasks.training;

import io.fouriermasks.api.TestPictures;
import io.fouriermasks.spectrum.FourierMask;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Synthetic classes that differ in one orientation and band alone. Every picture is gray noise with
 * one wave, of random phase and strength, whose frequency is one of its class's few cells. The mean
 * gray is that of the normalisation, so that the zero frequency carries nothing.
 */
final class PlantedFrequencies {

  private static final int SIZE = 128;
  private static final double MEAN = 0.449 * 255;

  /** Cycles a picture, down and across: the middle cells of each class. */
  private static final List<int[]> BANDS =
      List.of(new int[] {0, 12}, new int[] {12, 0}, new int[] {0, 30});

  private PlantedFrequencies() {}

  /** Writes {@code count} pictures of each class. */
  static Path write(Path folder, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int label = 0; label < BANDS.size(); label++) {
      Path target = Files.createDirectories(folder.resolve("band" + label));
      for (int i = 0; i < count; i++) {
        Files.write(target.resolve(i + ".png"), picture(label, random));
      }
    }
    return folder;
  }

  private static byte[] picture(int label, SplittableRandom random) {
    int[] band = BANDS.get(label);
    // the wave's frequency is the band's middle or a neighbour along its own direction
    int shift = random.nextInt(3) - 1;
    int down = band[0] == 0 ? 0 : band[0] + shift;
    int across = band[1] == 0 ? 0 : band[1] + shift;
    double phase = 2 * Math.PI * random.nextDouble();
    double strength = 30 + 20 * random.nextDouble();
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double wave = Math.cos(2 * Math.PI * (down * y + across * x) / SIZE + phase);
        double noise = 30 * (random.nextDouble() - 0.5);
        int gray = (int) Math.round(MEAN + strength * wave + noise);
        image.setRGB(x, y, gray << 16 | gray << 8 | gray);
      }
    }
    return TestPictures.encode(image, "png");
  }

  /** Share of a mask's L1 in the planted cells, their conjugates and their direct neighbours. */
  static double share(FourierMask mask) {
    boolean[] planted = new boolean[SIZE * SIZE];
    for (int[] band : BANDS) {
      for (int shift = -1; shift <= 1; shift++) {
        int down = band[0] == 0 ? 0 : band[0] + shift;
        int across = band[1] == 0 ? 0 : band[1] + shift;
        mark(planted, down, across);
        mark(planted, -down, -across);
      }
    }
    double inside = 0;
    double all = 0;
    float[] plane = mask.fullPlane();
    for (int i = 0; i < plane.length; i++) {
      all += plane[i];
      inside += planted[i] ? plane[i] : 0;
    }
    return inside / all;
  }

  private static void mark(boolean[] planted, int down, int across) {
    for (int row = down - 1; row <= down + 1; row++) {
      for (int column = across - 1; column <= across + 1; column++) {
        planted[Math.floorMod(row, SIZE) * SIZE + Math.floorMod(column, SIZE)] = true;
      }
    }
  }
}
