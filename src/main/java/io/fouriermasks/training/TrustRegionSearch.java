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
 * An {@link IteratedLocalSearch} for each image: what the pass sees is a trial, and the mask that a
 * run stands at is the best so far, which always keeps the prediction.
 */
final class TrustRegionSearch implements MaskSearch {

  private final TrustRegionSettings settings;
  private final int size;
  private List<IteratedLocalSearch> searches = new ArrayList<>();

  TrustRegionSearch(TrustRegionSettings settings, int size) {
    this.settings = settings;
    this.size = size;
  }

  @Override
  public void admit(int images) {
    for (int i = 0; i < images; i++) {
      searches.add(new IteratedLocalSearch(settings, size));
    }
  }

  @Override
  public void retain(int[] rows) {
    searches = new ArrayList<>(Arrays.stream(rows).mapToObj(searches::get).toList());
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
    int length = gradients.length / searches.size();
    float[] trials = new float[gradients.length];
    float[] differences = new float[searches.size()];
    float[] sparsities = new float[searches.size()];
    float[][] logits = new float[searches.size()][];
    for (int row = 0; row < searches.size(); row++) {
      IteratedLocalSearch search = searches.get(row);
      float[] found = seen.logits()[row];
      search.observe(
          seen.difference()[row],
          found,
          Logits.argmax(found) == runs.get(row).label(),
          Arrays.copyOfRange(gradients, row * length, (row + 1) * length));
      System.arraycopy(search.trial(), 0, trials, row * length, length);
      differences[row] = (float) search.best().difference();
      sparsities[row] = (float) search.bestSparsity();
      logits[row] = search.best().logits();
    }
    Shape halfPlanes = new Shape(searches.size(), 1, size, FourierMask.columns(size));
    masks.replace(scratch.create(trials, halfPlanes));
    return new MaskBatch.Observation(differences, sparsities, logits);
  }

  @Override
  public void judge(int row, ImageRun run, int prediction) {
    if (!searches.get(row).isAstray()) {
      run.countQuiet(!searches.get(row).hasProgressed());
    }
  }

  @Override
  public boolean hasConverged(int row, ImageRun run) {
    return run.quietSteps() >= settings.quietSteps() || searches.get(row).isExhausted();
  }

  @Override
  public double stepLength(int row, ImageRun run) {
    return searches.get(row).radius();
  }

  @Override
  public FourierMask standing(int row, RowArray masks) {
    return FourierMask.ofHalfPlane(size, searches.get(row).standing());
  }

  @Override
  public FourierMask result(int row, StopReason reason) {
    return FourierMask.ofHalfPlane(size, searches.get(row).standing());
  }

  @Override
  public void save(Map<String, String> state, Map<String, Tensor> tensors) {
    for (int row = 0; row < searches.size(); row++) {
      searches.get(row).save(prefix(row), state, tensors);
    }
  }

  @Override
  public void restore(Checkpoint from, int rows) {
    for (int row = 0; row < rows; row++) {
      searches.add(IteratedLocalSearch.restore(prefix(row), from, settings, size));
    }
  }

  private static String prefix(int row) {
    return "search/" + row + "/";
  }
}
