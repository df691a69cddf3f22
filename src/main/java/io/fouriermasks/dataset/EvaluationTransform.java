package io.fouriermasks.dataset;

/**
 * What a network sees of a picture when it is judged: the short side resized to {@code size}
 * (antialiased bilinear), the central square of {@code size}, ITU-R 601 luma; as torchvision's
 * {@code Compose([Resize(size), CenterCrop(size), Grayscale()])} on a PIL picture. Immutable.
 */
public final class EvaluationTransform {

  private final int size;

  /**
   * @param size side of the result in pixels, at least 1
   */
  public EvaluationTransform(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("The side must be at least 1 pixel, not " + size);
    }
    this.size = size;
  }

  /** Side of the result in pixels. */
  public int size() {
    return size;
  }

  /** The {@code size x size} picture that the network is given. */
  public GrayImage apply(RgbImage image) {
    ShortSide resized = ShortSide.of(image, size);
    PixelBox centre = new PixelBox(margin(resized.width()), margin(resized.height()), size, size);
    PixelBox all = PixelBox.whole(image.width(), image.height());
    // only the central square is computed: a picture of 1 x 20000 pixels costs no gigabyte
    return Resampling.resize(image, all, resized.width(), resized.height(), centre).luma();
  }

  private int margin(int side) {
    // rint rounds halves to even, as Python's round does
    return (int) Math.rint((side - size) / 2.0);
  }
}
