package io.fouriermasks.analysis;

import java.util.Arrays;
import tagbio.umap.Umap;

/**
 * A picture of many points in two dimensions in which neighbours stay neighbours: UMAP (McInnes et
 * al. 2018, arXiv 1802.03426). The study embeds the logits of the {@link LinearProbe}. The library
 * begins at random positions, not at UMAP's spectral ones, so only who lies beside whom can be
 * compared with other programs' pictures.
 *
 * @param points x and y of each point, in the order of the input
 * @param neighbours that each point really had: fewer than asked for if there are too few points
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, never compared
public record Embedding(float[][] points, int neighbours) {

  /** Neighbours of the study. */
  public static final int NEIGHBOURS = 20;

  /** Seed of the study. */
  public static final long SEED = 42;

  private static final int FEWEST = 4;

  /** With the study's neighbours and seed. */
  public static Embedding of(float[][] points) {
    return of(points, NEIGHBOURS, SEED);
  }

  /**
   * Embeds points. Deterministic, on this thread alone. Blocks: seconds for 1421 points; cannot be
   * cancelled.
   *
   * @param points N rows of equal length, finite
   * @param neighbours at least 2, the point itself included; {@code N - 1} are taken if there are
   *     too few points
   * @throws IllegalArgumentException if there are fewer than 4 points, or a value is not finite
   */
  public static Embedding of(float[][] points, int neighbours, long seed) {
    if (points.length < FEWEST) {
      throw new IllegalArgumentException(
          "UMAP needs at least %d points, not %d".formatted(FEWEST, points.length));
    }
    for (float[] point : points) {
      for (float value : point) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException("A point to embed has the value " + value);
        }
      }
    }
    int taken = Math.min(neighbours, points.length - 1);
    Umap umap = new Umap();
    umap.setNumberComponents(2);
    umap.setNumberNearestNeighbours(taken);
    umap.setSeed(seed);
    umap.setThreads(1); // with more, the order of updates and so the picture would be left to luck
    umap.setVerbose(false);
    float[][] copy = Arrays.stream(points).map(float[]::clone).toArray(float[][]::new);
    return new Embedding(umap.fitTransform(copy), taken);
  }
}
