package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.SideBySide;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The device side of one mask that is shared by many images, with Adam's moments. What the steps
 * have seen stays on the device until it is asked for.
 */
final class SharedMask implements AutoCloseable {

  private static final String MASK = "mask";
  private static final String FINITE = "finiteMask";
  private static final String FIRST_MOMENT = "firstMoment";
  private static final String SECOND_MOMENT = "secondMoment";

  private final FrozenNetwork network;
  private final NDManager manager;
  private final int size;
  private final MaskObjective objective;
  private final PassSize passes;
  private final SideBySide sideBySide = new SideBySide(1);
  private final List<NDArray> unread = new ArrayList<>();
  private NDArray mask;
  private Adam adam;
  private NDArray seen;
  private FourierMask finite;

  private SharedMask(FrozenNetwork network, double decay, PassSize passes) {
    this.network = network;
    this.passes = passes;
    this.manager = network.newManager();
    this.size = network.card().size();
    this.objective = new MaskObjective(manager, size, decay);
  }

  /** A mask of 1 without moments. */
  static SharedMask ones(FrozenNetwork network, double decay, PassSize passes) {
    SharedMask shared = new SharedMask(network, decay, passes);
    shared.mask = shared.manager.ones(shared.shape());
    shared.adam = Adam.of(shared.manager, shared.shape());
    shared.finite = FourierMask.ones(shared.size);
    return shared;
  }

  /** Goes on from what {@link #save} noted. */
  static SharedMask of(FrozenNetwork network, double decay, PassSize passes, Checkpoint from) {
    SharedMask shared = new SharedMask(network, decay, passes);
    shared.mask = shared.array(from.tensor(MASK));
    shared.adam =
        Adam.of(shared.array(from.tensor(FIRST_MOMENT)), shared.array(from.tensor(SECOND_MOMENT)));
    shared.finite = FourierMask.ofHalfPlane(shared.size, from.tensor(FINITE).values());
    return shared;
  }

  /** Notes everything that the next steps depend on. */
  void save(Map<String, Tensor> tensors) {
    tensors.put(MASK, tensor(mask.toFloatArray()));
    tensors.put(FIRST_MOMENT, tensor(adam.firstMoment().toFloatArray()));
    tensors.put(SECOND_MOMENT, tensor(adam.secondMoment().toFloatArray()));
    tensors.put(FINITE, tensor(finite.halfPlane()));
  }

  /** A half plane as a tensor. */
  Tensor tensor(float[] halfPlane) {
    return new Tensor(List.of(size, FourierMask.columns(size)), halfPlane);
  }

  /**
   * One step over some images: the gradient of {@code exp(d^2)} of each at the mask as it is, in
   * one pass; then, one after the other, each adds the gradient of {@code decay / ||M_0||_1
   * ||M||_1} and moves the mask (Adam, clamp to [0, 1]). With several images the gradients of the
   * later ones are those of a mask that has moved on since.
   *
   * @param taken images that have moved the mask before
   */
  void step(ImageSpectra images, int[] indices, OneCycle schedule, long taken) {
    passes.of(
        indices.length,
        () -> {
          sideBySide.run(
              List.of(() -> tryStep(images, indices, schedule, taken)),
              network.processors(indices.length));
          return taken;
        });
  }

  private void tryStep(ImageSpectra images, int[] indices, OneCycle schedule, long taken) {
    try (NDManager scratch = manager.newSubManager();
        GradientLease lease = GradientLease.acquire()) {
      NDArray before = mask.duplicate();
      before.attach(scratch);
      NDArray leaf = before.repeat(0, indices.length);
      leaf.setRequiresGradient(true);
      NDList found = new NDList();
      for (PassSize.Part part : passes.parts(indices.length)) {
        found.add(pass(scratch, lease, leaf, images, indices, part));
      }
      found.add(objective.exactSparsity(before));
      NDArray row = NDArrays.concat(found, 0);
      row.attach(manager);
      unread.add(row);

      NDArray gradients = leaf.getGradient();
      gradients.attach(scratch);
      NDList each = gradients.split(indices.length);
      for (int i = 0; i < indices.length; i++) {
        move(each.get(i), schedule, taken + i, scratch);
      }
      if (seen != null) {
        seen.close();
      }
      seen = before;
      seen.attach(manager);
    }
  }

  /** Moves the mask by the gradient of one image, which is overwritten. */
  private void move(NDArray gradient, OneCycle schedule, long taken, NDManager scratch) {
    NDArray now = mask.reshape(shape()); // what is computed of it belongs to the step
    now.attach(scratch);
    objective.complete(gradient, now);
    Adam.Factors factors =
        Adam.Factors.of(scratch, schedule.learningRate(taken), schedule.beta1(taken), taken + 1);
    adam.step(mask, gradient, factors, scratch);
    NDArray clamped = MaskObjective.clamped(mask, scratch);
    mask.close();
    mask = clamped;
    mask.attach(manager);
  }

  /**
   * Adds the gradients of some images to the leaf's rows.
   *
   * @return their invariance
   */
  private NDArray pass(
      NDManager scratch,
      GradientLease lease,
      NDArray leaf,
      ImageSpectra images,
      int[] indices,
      PassSize.Part part) {
    passes.begin(part);
    int[] own = Arrays.copyOfRange(indices, part.from(), part.to());
    try (NDManager pass = scratch.newSubManager()) {
      NDArray rows = leaf.get(new NDIndex("{}:{}", part.from(), part.to()));
      rows.attach(pass);
      NDArray logits = network.logits(HalfPlane.masked(rows, images.spectra(pass, own)));
      NDArray invariance =
          MaskObjective.crossEntropy(logits, images.labels(pass, own))
              .sub(images.cleanLosses(pass, own))
              .square();
      lease.backward(MaskObjective.boundedExp(invariance).sum());
      NDArray found = invariance.stopGradient();
      found.attach(scratch);
      return found;
    }
  }

  /** Number of arrays on the device that no step gives back. */
  int arrays() {
    return manager.getManagedArrays().size();
  }

  /** Steps whose values {@link #read} has not yet fetched. */
  int unread() {
    return unread.size();
  }

  /**
   * What a step saw before it moved the mask.
   *
   * @param invariance squared loss difference of each image
   * @param sparsity mean over the full plane
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Observation(float[] invariance, float sparsity) {

    boolean isFinite() {
      boolean finite = Float.isFinite(sparsity);
      for (float value : invariance) {
        finite &= Float.isFinite(value);
      }
      return finite;
    }

    /** Whether the exponent of an image had to be bounded. */
    boolean isBounded() {
      boolean bounded = false;
      for (float value : invariance) {
        bounded |= value > MaskObjective.MAX_EXPONENT;
      }
      return bounded;
    }

    double meanInvariance() {
      double sum = 0;
      for (float value : invariance) {
        sum += value;
      }
      return sum / invariance.length;
    }
  }

  /** Fetches the steps since the last call, oldest first: one copy from the device. */
  List<Observation> read() {
    List<Observation> observations = new ArrayList<>();
    if (unread.isEmpty()) {
      return observations;
    }
    float[] flat = flat();
    int at = 0;
    boolean allFinite = true;
    for (NDArray row : unread) {
      int images = (int) row.size() - 1;
      float[] invariance = new float[images];
      System.arraycopy(flat, at, invariance, 0, images);
      Observation observation = new Observation(invariance, flat[at + images]);
      observations.add(observation);
      allFinite &= observation.isFinite();
      at += images + 1;
      row.close();
    }
    unread.clear();
    if (allFinite) {
      // the last step may have led to a mask that is not: only the next one will see that
      finite = FourierMask.ofHalfPlane(size, seen.toFloatArray());
    }
    return observations;
  }

  private float[] flat() {
    if (unread.size() == 1) {
      return unread.get(0).toFloatArray();
    }
    try (NDArray all = NDArrays.concat(new NDList(unread), 0)) {
      return all.toFloatArray();
    }
  }

  /** The mask as it is now. */
  FourierMask mask() {
    return FourierMask.ofHalfPlane(size, mask.toFloatArray());
  }

  /** The same on the device. */
  NDArray array() {
    return mask;
  }

  /** The last mask that a step has seen nothing infinite through, as of the last {@link #read}. */
  FourierMask finiteMask() {
    return finite;
  }

  @Override
  public void close() {
    manager.close();
    sideBySide.close();
  }

  private NDArray array(Tensor tensor) {
    return manager.create(tensor.values(), shape());
  }

  private Shape shape() {
    return new Shape(1, 1, size, FourierMask.columns(size));
  }
}
