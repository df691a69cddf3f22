package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A {@link TrustRegion} for each image: what the pass sees is a trial, and the mask that a run
 * stands at is the best so far, which always keeps the prediction.
 */
final class TrustRegionSearch implements MaskSearch {

  private final TrustRegionSettings settings;
  private final int size;
  private List<TrustRegion> regions = new ArrayList<>();

  TrustRegionSearch(TrustRegionSettings settings, int size) {
    this.settings = settings;
    this.size = size;
  }

  @Override
  public void admit(int images) {
    for (int i = 0; i < images; i++) {
      regions.add(new TrustRegion(settings, size));
    }
  }

  @Override
  public void retain(int[] rows) {
    regions = new ArrayList<>(Arrays.stream(rows).mapToObj(regions::get).toList());
  }

  @Override
  public NDArray differentiated(NDArray difference) {
    return difference;
  }

  @Override
  public MaskBatch.Observation move(
      List<ImageRun> runs,
      RowArray masks,
      NDArray gradient,
      MaskBatch.Observation seen,
      NDManager scratch) {
    float[] gradients = gradient.toFloatArray();
    int length = gradients.length / regions.size();
    float[] trials = new float[gradients.length];
    float[] differences = new float[regions.size()];
    float[] sparsities = new float[regions.size()];
    float[][] logits = new float[regions.size()][];
    for (int row = 0; row < regions.size(); row++) {
      TrustRegion region = regions.get(row);
      float[] found = seen.logits()[row];
      region.observe(
          seen.difference()[row],
          found,
          Logits.argmax(found) == runs.get(row).label(),
          Arrays.copyOfRange(gradients, row * length, (row + 1) * length));
      System.arraycopy(region.trial(), 0, trials, row * length, length);
      differences[row] = (float) region.bestDifference();
      sparsities[row] = (float) region.bestSparsity();
      logits[row] = region.bestLogits();
    }
    Shape halfPlanes = new Shape(regions.size(), 1, size, FourierMask.columns(size));
    masks.replace(scratch.create(trials, halfPlanes));
    return new MaskBatch.Observation(differences, sparsities, logits);
  }

  @Override
  public void judge(int row, ImageRun run, int prediction) {
    run.countQuiet(!regions.get(row).hasProgressed());
  }

  @Override
  public boolean hasConverged(int row, ImageRun run) {
    return run.quietSteps() >= settings.quietSteps() || regions.get(row).isExhausted();
  }

  @Override
  public double stepLength(int row, ImageRun run) {
    return regions.get(row).radius();
  }

  @Override
  public FourierMask standing(int row, RowArray masks) {
    return FourierMask.ofHalfPlane(size, regions.get(row).best());
  }

  @Override
  public FourierMask result(int row, StopReason reason) {
    return FourierMask.ofHalfPlane(size, regions.get(row).best());
  }

  @Override
  public void save(Map<String, String> state, Map<String, Tensor> tensors) {
    for (int row = 0; row < regions.size(); row++) {
      regions.get(row).save(prefix(row), state, tensors);
    }
  }

  @Override
  public void restore(Checkpoint from, int rows) {
    for (int row = 0; row < rows; row++) {
      regions.add(TrustRegion.restore(prefix(row), from, settings, size));
    }
  }

  private static String prefix(int row) {
    return "region/" + row + "/";
  }
}
