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
 * The device side of the masks that are trained at the moment: N masks, their images' spectra and
 * Adam's moments, one row an image. The images share a pass through the network and nothing else.
 */
final class MaskBatch implements AutoCloseable {

  private final FrozenNetwork network;
  private final NDManager manager;
  private final int size;
  private final int classes;
  private final MaskObjective objective;
  private final PassSize passes;
  private NDArray spectrum;
  private NDArray labels;
  private NDArray cleanLosses;
  private NDArray masks;
  private Adam adam;
  private NDArray seen;
  private NDArray earlier;
  private int count;

  MaskBatch(FrozenNetwork network, double decay, PassSize passes) {
    this.network = network;
    this.passes = passes;
    this.manager = network.newManager();
    this.size = network.card().size();
    this.classes = network.card().classes().size();
    this.objective = new MaskObjective(manager, size, decay);
  }

  /** Number of masks in training. */
  int count() {
    return count;
  }

  /**
   * What a pass found of each mask before its step.
   *
   * @param invariance squared loss difference
   * @param sparsity mean over the full plane
   * @param logits one row a mask
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Observation(float[] invariance, float[] sparsity, float[][] logits) {

    /** Whether everything about this mask is finite. */
    boolean isFinite(int row) {
      boolean finite = Float.isFinite(invariance[row]) && Float.isFinite(sparsity[row]);
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
      NDArray ones = scratch.ones(halfPlanes);
      NDArray zeros = scratch.zeros(halfPlanes);
      if (count == 0) {
        spectrum = keep(newSpectrum);
        labels = keep(moreLabels);
        cleanLosses = keep(moreLosses);
        masks = keep(ones);
        adam = Adam.of(keep(zeros), keep(zeros.duplicate()));
        seen = keep(ones.duplicate());
        earlier = keep(ones.duplicate());
      } else {
        spectrum = replace(spectrum, append(spectrum, newSpectrum));
        labels = replace(labels, append(labels, moreLabels));
        cleanLosses = replace(cleanLosses, append(cleanLosses, moreLosses));
        masks = replace(masks, append(masks, ones));
        adam =
            Adam.of(
                replace(adam.firstMoment(), append(adam.firstMoment(), zeros)),
                replace(adam.secondMoment(), append(adam.secondMoment(), zeros)));
        seen = replace(seen, append(seen, ones));
        earlier = replace(earlier, append(earlier, ones));
      }
    }
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
  void save(Map<String, Tensor> tensors) {
    if (count == 0) {
      return;
    }
    tensors.put("masks", tensor(masks));
    tensors.put("firstMoments", tensor(adam.firstMoment()));
    tensors.put("secondMoments", tensor(adam.secondMoment()));
    tensors.put("seen", tensor(seen));
    tensors.put("earlier", tensor(earlier));
    tensors.put("cleanLosses", tensor(cleanLosses));
    try (NDArray pairs = spectrum.real();
        NDArray classes = labels.toType(DataType.FLOAT32, true)) {
      tensors.put("spectrum", tensor(pairs));
      tensors.put("labels", tensor(classes));
    }
  }

  /** Takes over {@code rows} masks that {@link #save} has put there; only once, at the start. */
  void restore(Checkpoint from, int rows) {
    if (rows == 0) {
      return;
    }
    masks = array(from.tensor("masks"));
    adam = Adam.of(array(from.tensor("firstMoments")), array(from.tensor("secondMoments")));
    seen = array(from.tensor("seen"));
    earlier = array(from.tensor("earlier"));
    cleanLosses = array(from.tensor("cleanLosses"));
    try (NDArray pairs = array(from.tensor("spectrum"));
        NDArray classes = array(from.tensor("labels"))) {
      spectrum = pairs.complex();
      labels = classes.toType(DataType.INT64, true);
    }
    count = rows;
  }

  private static Tensor tensor(NDArray array) {
    List<Integer> shape = new ArrayList<>();
    for (long axis : array.getShape().getShape()) {
      shape.add(Math.toIntExact(axis));
    }
    return new Tensor(shape, array.toFloatArray());
  }

  private NDArray array(Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
    return manager.create(tensor.values(), new Shape(shape));
  }

  /** Removes the masks that are not named; {@code rows} is ascending. */
  void retain(int[] rows) {
    if (rows.length == count) {
      return;
    }
    spectrum = replace(spectrum, select(spectrum, rows));
    labels = replace(labels, select(labels, rows));
    cleanLosses = replace(cleanLosses, select(cleanLosses, rows));
    masks = replace(masks, select(masks, rows));
    seen = replace(seen, select(seen, rows));
    earlier = replace(earlier, select(earlier, rows));
    adam =
        Adam.of(
            replace(adam.firstMoment(), select(adam.firstMoment(), rows)),
            replace(adam.secondMoment(), select(adam.secondMoment(), rows)));
    count = rows.length;
  }

  /**
   * One step of every mask: {@code L = exp(d) + decay / ||M_0||_1 ||M||_1}, Adam, clamp to [0, 1].
   *
   * @param learningRates one a mask
   * @param beta1s one a mask
   * @param steps number of the step, from 1, one a mask
   */
  Observation step(double[] learningRates, double[] beta1s, long[] steps) {
    return passes.of(count, () -> tryStep(learningRates, beta1s, steps));
  }

  private Observation tryStep(double[] learningRates, double[] beta1s, long[] steps) {
    try (NDManager scratch = manager.newSubManager();
        GradientLease lease = GradientLease.acquire()) {
      NDArray leaf = masks.duplicate();
      leaf.attach(scratch);
      leaf.setRequiresGradient(true);
      NDList found = new NDList();
      for (PassSize.Part part : passes.parts(count)) {
        found.add(pass(scratch, lease, leaf, part));
      }

      NDArray before = leaf.stopGradient();
      NDArray sparsity = objective.sparsity(before);
      final Observation observation = observe(scratch, joined(scratch, found, 0), sparsity);

      NDArray gradient = leaf.getGradient();
      gradient.attach(scratch);
      objective.complete(gradient, before);
      adam.step(masks, gradient, Adam.Factors.of(scratch, learningRates, beta1s, steps), scratch);
      clamp(scratch);
      earlier = replace(earlier, seen);
      seen = keep(before);
      return observation;
    }
  }

  /**
   * Adds the gradient of some rows to that of all.
   *
   * @return their invariance and logits, one row a mask
   */
  private NDArray pass(NDManager scratch, GradientLease lease, NDArray leaf, PassSize.Part part) {
    passes.begin(part);
    try (NDManager pass = scratch.newSubManager()) {
      NDArray logits =
          network.logits(HalfPlane.masked(slice(pass, leaf, part), slice(pass, spectrum, part)));
      NDArray invariance =
          MaskObjective.crossEntropy(logits, slice(pass, labels, part))
              .sub(slice(pass, cleanLosses, part))
              .square();
      lease.backward(MaskObjective.boundedExp(invariance).sum());
      NDArray found =
          NDArrays.concat(new NDList(invariance.stopGradient(), logits.stopGradient()), 1);
      found.attach(scratch);
      return found;
    }
  }

  /** The mask of one row as it is now, after the last step. */
  FourierMask mask(int row) {
    return mask(masks, row);
  }

  /** The mask of one row that the last pass saw, before its step. */
  FourierMask seenMask(int row) {
    return mask(seen, row);
  }

  /** The mask of one row that the pass before the last one saw. */
  FourierMask earlierMask(int row) {
    return mask(earlier, row);
  }

  /** The image of one row through a mask, size x size, normalised. */
  float[] through(FourierMask mask, int row) {
    try (NDManager scratch = manager.newSubManager();
        NDArray part = spectrum.get(row + ":" + (row + 1))) {
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
    float[] invariances = new float[count];
    float[] sparsities = new float[count];
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      sparsities[i] = flat[i * width];
      invariances[i] = flat[i * width + 1];
      rows[i] = Arrays.copyOfRange(flat, i * width + 2, (i + 1) * width);
    }
    return new Observation(invariances, sparsities, rows);
  }

  private void clamp(NDManager scratch) {
    NDArray clamped = masks.clip(0f, 1f);
    clamped.attach(scratch);
    masks = replace(masks, keep(clamped));
  }

  private FourierMask mask(NDArray source, int row) {
    try (NDArray part = source.get(row)) {
      return FourierMask.ofHalfPlane(size, part.toFloatArray());
    }
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

  private NDArray select(NDArray array, int[] rows) {
    if (rows.length == 0) {
      return null;
    }
    NDList parts = new NDList();
    for (int row : rows) {
      parts.add(array.get(row + ":" + (row + 1)));
    }
    try (parts) {
      return NDArrays.concat(parts, 0);
    }
  }

  private static NDArray append(NDArray array, NDArray more) {
    return NDArrays.concat(new NDList(array, more), 0);
  }

  private NDArray keep(NDArray array) {
    array.attach(manager);
    return array;
  }

  private NDArray replace(NDArray old, NDArray replacement) {
    old.close();
    return replacement == null ? null : keep(replacement);
  }
}
