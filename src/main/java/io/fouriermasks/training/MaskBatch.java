package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The device side of the masks that are trained at the moment: N masks and their images' spectra,
 * one row an image, moved by a {@link MaskSearch}. The images share a pass through the network and
 * nothing else.
 */
final class MaskBatch implements AutoCloseable {

  private final FrozenNetwork network;
  private final NDManager manager;
  private final int size;
  private final int classes;
  private final PassSize passes;
  private final MaskSearch search;
  private final MaskObjective objective;
  private final RowArray spectrum;
  private final RowArray labels;
  private final RowArray cleanLosses;
  private final RowArray masks;
  private int count;

  MaskBatch(FrozenNetwork network, SearchSettings settings, PassSize passes) {
    this.network = network;
    this.passes = passes;
    this.manager = network.newManager();
    this.size = network.card().size();
    this.classes = network.card().classes().size();
    this.search = MaskSearch.of(settings, manager, size);
    this.objective = new MaskObjective(manager, size, settings.decay());
    this.spectrum = new RowArray(manager);
    this.labels = new RowArray(manager);
    this.cleanLosses = new RowArray(manager);
    this.masks = new RowArray(manager);
  }

  /** The rule that moves the masks; it has the rows that this has. */
  MaskSearch search() {
    return search;
  }

  /** Number of masks in training. */
  int count() {
    return count;
  }

  /** Number of arrays on the device that no step gives back. */
  int arrays() {
    return manager.getManagedArrays().size();
  }

  /**
   * What is known of each mask before its step.
   *
   * @param difference of the losses with and without mask
   * @param sparsity mean over the full plane
   * @param logits one row a mask
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Observation(float[] difference, float[] sparsity, float[][] logits) {

    /** Squared loss difference of a mask. */
    float invariance(int row) {
      return difference[row] * difference[row];
    }

    /** Whether everything about this mask is finite. */
    boolean isFinite(int row) {
      boolean finite = Float.isFinite(invariance(row)) && Float.isFinite(sparsity[row]);
      for (float logit : logits[row]) {
        finite &= Float.isFinite(logit);
      }
      return finite;
    }
  }

  /**
   * What the network says of an image without mask.
   *
   * @param logits one value a class
   * @param label the predicted class
   * @param loss its cross-entropy
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Clean(float[] logits, int label, float loss) {}

  /**
   * Adds masks of 1 for these images, normalised and size x size each. Their labels are the
   * network's own predictions.
   */
  List<Clean> admit(List<float[]> images) {
    List<Clean> cleans;
    try (NDManager scratch = manager.newSubManager()) {
      Shape halfPlanes = new Shape(images.size(), 1, size, FourierMask.columns(size));
      NDArray pixels = network.batch(scratch, images);
      // the transform leaves its columns side by side; a step's rounding depends on that order, and
      // a checkpoint does not keep it
      NDArray newSpectrum = HalfPlane.spectrum(pixels).flatten().reshape(halfPlanes);
      NDArray logits = passes.of(images.size(), () -> logits(scratch, pixels));
      NDArray moreLabels = logits.argMax(1).reshape(-1, 1);
      // by the same operations as in a step, so that their rounding cancels in the difference
      NDArray moreLosses = MaskObjective.crossEntropy(logits, moreLabels);
      cleans = cleans(logits, moreLabels, moreLosses);
      spectrum.append(newSpectrum);
      labels.append(moreLabels);
      cleanLosses.append(moreLosses);
      masks.append(scratch.ones(halfPlanes));
    }
    search.admit(images.size());
    count += images.size();
    return cleans;
  }

  private NDArray logits(NDManager scratch, NDArray pixels) {
    NDList parts = new NDList();
    for (PassSize.Part part : passes.parts((int) pixels.getShape().get(0))) {
      passes.begin(part);
      try (NDManager pass = scratch.newSubManager()) {
        NDArray logits = network.logits(slice(pass, pixels, part));
        logits.attach(scratch);
        parts.add(logits);
      }
    }
    return joined(scratch, parts, 0);
  }

  /** Copies everything from the device into a checkpoint. */
  void save(Map<String, String> state, Map<String, Tensor> tensors) {
    if (count == 0) {
      return;
    }
    tensors.put("masks", masks.save());
    tensors.put("cleanLosses", cleanLosses.save());
    try (NDArray pairs = spectrum.array().real();
        NDArray labelValues = labels.array().toType(DataType.FLOAT32, true)) {
      tensors.put("spectrum", RowArray.tensor(pairs));
      tensors.put("labels", RowArray.tensor(labelValues));
    }
    search.save(state, tensors);
  }

  /** Takes over {@code rows} masks that {@link #save} has put there; only once, at the start. */
  void restore(Checkpoint from, int rows) {
    if (rows == 0) {
      return;
    }
    masks.restore(from.tensor("masks"));
    cleanLosses.restore(from.tensor("cleanLosses"));
    try (NDArray pairs = RowArray.array(manager, from.tensor("spectrum"));
        NDArray labelValues = RowArray.array(manager, from.tensor("labels"))) {
      spectrum.replace(pairs.complex());
      labels.replace(labelValues.toType(DataType.INT64, true));
    }
    search.restore(from, rows);
    count = rows;
  }

  /** Removes the masks that are not named; {@code rows} is ascending. */
  void retain(int[] rows) {
    if (rows.length == count) {
      return;
    }
    spectrum.retain(rows);
    labels.retain(rows);
    cleanLosses.retain(rows);
    masks.retain(rows);
    search.retain(rows);
    count = rows.length;
  }

  /**
   * One step of every mask: a pass through the network, and where its gradient leads the search.
   *
   * @param runs one a mask
   * @param lease held by whoever has the step taken
   * @return of each mask where the search stands before it moves on
   */
  Observation step(List<ImageRun> runs, GradientLease lease) {
    return passes.of(count, () -> tryStep(runs, lease));
  }

  private Observation tryStep(List<ImageRun> runs, GradientLease lease) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray leaf = masks.array().duplicate();
      leaf.attach(scratch);
      leaf.setRequiresGradient(true);
      NDList found = new NDList();
      for (PassSize.Part part : passes.parts(count)) {
        found.add(pass(scratch, lease, leaf, part));
      }
      NDArray sparsity = objective.sparsity(leaf.stopGradient());
      Observation seen = observe(scratch, joined(scratch, found, 0), sparsity);
      NDArray gradient = leaf.getGradient();
      gradient.attach(scratch);
      return search.move(runs, masks, gradient, seen, scratch);
    }
  }

  /**
   * Adds the gradient of some rows to that of all.
   *
   * @return their loss difference and logits, one row a mask
   */
  private NDArray pass(NDManager scratch, GradientLease lease, NDArray leaf, PassSize.Part part) {
    passes.begin(part);
    try (NDManager pass = scratch.newSubManager()) {
      NDArray logits =
          network.logits(
              HalfPlane.masked(slice(pass, leaf, part), slice(pass, spectrum.array(), part)));
      NDArray difference =
          MaskObjective.crossEntropy(logits, slice(pass, labels.array(), part))
              .sub(slice(pass, cleanLosses.array(), part));
      lease.backward(search.differentiated(difference).sum());
      NDArray found =
          NDArrays.concat(new NDList(difference.stopGradient(), logits.stopGradient()), 1);
      found.attach(scratch);
      return found;
    }
  }

  /** The mask of one row as it is now, after the last step. */
  FourierMask mask(int row) {
    return search.standing(row, masks);
  }

  /** The image of one row through a mask, size x size, normalised. */
  float[] through(FourierMask mask, int row) {
    try (NDManager scratch = manager.newSubManager();
        NDArray part = spectrum.array().get(row + ":" + (row + 1))) {
      return HalfPlane.masked(HalfPlane.array(scratch, mask), part).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  private List<Clean> cleans(NDArray logits, NDArray labels, NDArray losses) {
    float[] flat = logits.toFloatArray();
    long[] classesPredicted = labels.toLongArray();
    float[] loss = losses.toFloatArray();
    List<Clean> cleans = new ArrayList<>();
    for (int i = 0; i < loss.length; i++) {
      float[] row = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
      cleans.add(new Clean(row, (int) classesPredicted[i], loss[i]));
    }
    return cleans;
  }

  /** One copy from the device for everything that the host wants to know. */
  private Observation observe(NDManager scratch, NDArray found, NDArray sparsity) {
    NDArray all = joined(scratch, new NDList(sparsity, found), 1);
    float[] flat = all.toFloatArray();
    int width = 2 + classes;
    float[] differences = new float[count];
    float[] sparsities = new float[count];
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      sparsities[i] = flat[i * width];
      differences[i] = flat[i * width + 1];
      rows[i] = Arrays.copyOfRange(flat, i * width + 2, (i + 1) * width);
    }
    return new Observation(differences, sparsities, rows);
  }

  /** The rows of a part, as they are if it is all of them. */
  private static NDArray slice(NDManager manager, NDArray array, PassSize.Part part) {
    if (part.size() == array.getShape().get(0)) {
      return array;
    }
    NDArray slice = array.get(part.from() + ":" + part.to());
    slice.attach(manager);
    return slice;
  }

  private static NDArray joined(NDManager manager, NDList parts, int axis) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    NDArray joined = NDArrays.concat(parts, axis);
    joined.attach(manager);
    return joined;
  }
}
