package io.fouriermasks.dataset;

import java.util.random.RandomGenerator;

/**
 * The random view of a picture that a network is trained on: a random resized crop, a horizontal
 * flip in half of the cases, luma, the map of the augmentation; as torchvision's {@code
 * RandomResizedCrop}, {@code RandomHorizontalFlip}, {@code Grayscale} and {@code RandomAffine} on a
 * PIL picture. The deterministic first step, {@link #resize}, is apart so that it is done once per
 * picture. Immutable.
 */
public final class TrainingTransform {

  /** Smallest share of the area that a crop covers, of torchvision and of the paper. */
  public static final double DEFAULT_MIN_SCALE = 0.08;

  /** Beyond this ratio of the sides the resized picture would fill the memory. */
  private static final int MAX_RATIO = 100;

  private static final double FLIP_PROBABILITY = 0.5;

  private final int size;
  private final RandomResizedCrop crop;
  private final Augmentation augmentation;

  /**
   * Crops and flips as the method does, without further augmentation.
   *
   * @param size side of the result in pixels, at least 1
   */
  public TrainingTransform(int size) {
    this(size, DEFAULT_MIN_SCALE, Augmentation.NORMAL);
  }

  /**
   * @param size side of the result in pixels, at least 1
   * @param minScale smallest share of the resized picture's area that a crop covers, in (0, 1]
   * @param augmentation what is done to the crop
   */
  public TrainingTransform(int size, double minScale, Augmentation augmentation) {
    if (size < 1) {
      throw new IllegalArgumentException("The side must be at least 1 pixel, not " + size);
    }
    this.size = size;
    this.crop = new RandomResizedCrop(minScale);
    this.augmentation = augmentation;
  }

  /** What it does, as text: two transforms with equal texts draw equal views. */
  public String description() {
    return "size %d, crops of at least %s, augmentation %s"
        .formatted(size, crop.minScale(), augmentation.code());
  }

  /** Side of the result in pixels. */
  public int size() {
    return size;
  }

  /**
   * The picture with its short side resized to {@code size}: the argument of {@link #apply}.
   *
   * @throws IllegalArgumentException if one side is more than 100 times the other
   */
  public RgbImage resize(RgbImage image) {
    if (Math.max(image.width(), image.height())
        > (long) MAX_RATIO * Math.min(image.width(), image.height())) {
      throw new IllegalArgumentException(
          ("The picture is a strip of %d x %d pixels; crop it until its long side is at"
                  + " most %d times its short side.")
              .formatted(image.width(), image.height(), MAX_RATIO));
    }
    ShortSide target = ShortSide.of(image, size);
    return Resampling.resize(image, target.width(), target.height());
  }

  /**
   * One random view, {@code size x size} pixels.
   *
   * @param resized what {@link #resize} returned
   * @param random the only source of chance: the same state gives the same view
   */
  public GrayImage apply(RgbImage resized, RandomGenerator random) {
    PixelBox box = crop.draw(resized.width(), resized.height(), random);
    RgbImage view = Resampling.resize(resized, box, size, size, PixelBox.whole(size, size));
    boolean flipped = random.nextDouble() < FLIP_PROBABILITY;
    GrayImage gray = flipped ? mirrored(view.luma()) : view.luma();
    return augmentation.draw(size, size, random).apply(gray);
  }

  private static GrayImage mirrored(GrayImage image) {
    int width = image.width();
    byte[] source = image.pixels();
    byte[] pixels = new byte[source.length];
    for (int row = 0; row < source.length; row += width) {
      for (int x = 0; x < width; x++) {
        pixels[row + x] = source[row + width - 1 - x];
      }
    }
    return new GrayImage(width, image.height(), pixels);
  }
}
