package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.List;
import java.util.Map;

/**
 * The rule by which the masks of a batch move from pass to pass, and what it remembers, one row an
 * image in the batch's order. The images share nothing.
 */
sealed interface MaskSearch permits AdamSearch, TrustRegionSearch {

  /**
   * The rule of these settings for masks of {@code size x size} images.
   *
   * @param manager takes what is kept on the device
   */
  static MaskSearch of(SearchSettings settings, NDManager manager, int size) {
    return settings instanceof TrustRegionSettings region
        ? new TrustRegionSearch(region, size)
        : new AdamSearch((ImageMaskSettings) settings, manager, size);
  }

  /** Rows for so many more images, whose masks are 1. */
  void admit(int images);

  /** Keeps the rows of these numbers, ascending. */
  void retain(int[] rows);

  /**
   * What a pass differentiates.
   *
   * @param difference of the losses with and without mask, N x 1
   * @return N x 1; its sum is differentiated
   */
  NDArray differentiated(NDArray difference);

  /**
   * Moves the masks.
   *
   * @param runs of the rows, as they were before this step
   * @param masks that the pass saw; they are replaced by those that the next pass is to see
   * @param gradient of {@link #differentiated} at them; may be overwritten
   * @param seen what the pass found
   * @param scratch manager of the step, takes what is left over
   * @return of each row the mask that the rule stands at before it moves on, which is what the
   *     record and the stopping rule go by
   */
  MaskBatch.Observation move(
      List<ImageRun> runs,
      RowArray masks,
      NDArray gradient,
      MaskBatch.Observation seen,
      NDManager scratch);

  /** Judges the last step of a run, knowing what {@link #move} has returned since. */
  void judge(int row, ImageRun run, int prediction);

  /** Whether the search of this row is over by the rule itself. */
  boolean hasConverged(int row, ImageRun run);

  /** Length of the step that a run has just taken, as it is recorded. */
  double stepLength(int row, ImageRun run);

  /**
   * The mask of a row after its last step.
   *
   * @param masks that the next pass is to see
   */
  FourierMask standing(int row, RowArray masks);

  /** The mask with which a row ends for a reason other than a cancellation. */
  FourierMask result(int row, StopReason reason);

  /** Puts all that is remembered into a checkpoint. */
  void save(Map<String, String> state, Map<String, Tensor> tensors);

  /** Takes over {@code rows} rows that {@link #save} has put there; only once, at the start. */
  void restore(Checkpoint from, int rows);
}
