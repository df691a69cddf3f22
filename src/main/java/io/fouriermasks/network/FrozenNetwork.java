package io.fouriermasks.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained classifier in the form that masks are trained against: in eval mode, without gradients
 * for its weights, batch normalisation folded into the convolutions and VGG's average pooling into
 * its first linear layer. Its logits equal the plain network's within rounding. Safe for use by
 * several threads.
 */
public final class FrozenNetwork implements AutoCloseable {

  /**
   * Multiplications of a pass forward for each processor that it can use. Measured on two
   * (docs/benchmarks.md): four images of COMPACT, 250 million, are faster with one; eight, and one
   * of ResNet18, with both. Of heavier networks nothing is known for more processors.
   */
  private static final long A_PROCESSORS = 300_000_000;

  private final ModelCard card;
  private final List<Layer> layers;
  private final NDManager manager;
  private final Map<String, NDArray> tensors;
  private final Optional<BlockedLayout> layout;
  private final Forward forward;

  private FrozenNetwork(ModelCard card, Folding.Folded folded, NDManager manager) {
    this.card = card;
    this.layers = folded.layers();
    this.manager = manager;
    this.tensors = new LinkedHashMap<>();
    folded.tensors().forEach((name, tensor) -> tensors.put(name, array(manager, tensor)));
    this.layout = BlockedLayout.on(manager, layers);
    this.forward = new Forward(tensors, layout);
  }

  /** Folds the weights and copies them to the device. */
  public static FrozenNetwork of(Weights weights, Device device) {
    return new FrozenNetwork(
        weights.card(), Folding.fold(weights), NDManager.newBaseManager(device));
  }

  /** Architecture, classes and normalisation. */
  public ModelCard card() {
    return card;
  }

  /** Where it computes. */
  public Device device() {
    return manager.getDevice();
  }

  /**
   * How many processors an operation of a pass of so many images can use. An operation that is too
   * small for them takes longer with more.
   */
  public int processors(int images) {
    long multiplications = Multiplications.of(layers, card.size());
    return device().isGpu() || multiplications >= A_PROCESSORS
        ? Integer.MAX_VALUE
        : Math.toIntExact((images * multiplications + A_PROCESSORS - 1) / A_PROCESSORS);
  }

  /**
   * SHA-256 over names and values of the folded tensors, hexadecimal: the same weights have the
   * same. Copies every tensor from the device.
   */
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint().add(card.architecture().cliName());
    tensors.forEach((name, tensor) -> fingerprint.add(name).add(tensor.toFloatArray()));
    return fingerprint.hex();
  }

  /** A manager on the network's device for the arrays of one task; close it after the task. */
  public NDManager newManager() {
    return NDManager.newBaseManager(manager.getDevice());
  }

  /**
   * Logits of a batch, differentiable with respect to it.
   *
   * @param images N x 1 x size x size, normalised
   * @return N x classes, attached to the manager of the images
   */
  public NDArray logits(NDArray images) {
    return forward.run(layers, images);
  }

  /**
   * Logits of images on the heap.
   *
   * @param images each normalised, row-major, size x size
   * @return one row of logits an image
   */
  public float[][] logits(List<float[]> images) {
    int chunk = 64; // bounds the memory of a long list
    float[][] rows = new float[images.size()][];
    for (int from = 0; from < images.size(); from += chunk) {
      List<float[]> part = images.subList(from, Math.min(images.size(), from + chunk));
      try (NDManager scratch = newManager()) {
        float[] flat = logits(batch(scratch, part)).toFloatArray();
        int classes = card.classes().size();
        for (int i = 0; i < part.size(); i++) {
          rows[from + i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
        }
      }
    }
    return rows;
  }

  /**
   * Copies images to the device as one N x 1 x size x size array of the given manager.
   *
   * @throws IllegalArgumentException if an image has another size than the network's input
   */
  public NDArray batch(NDManager scratch, List<float[]> images) {
    int pixels = card.size() * card.size();
    float[] flat = new float[images.size() * pixels];
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).length != pixels) {
        throw new IllegalArgumentException(
            "Image %d has %d pixels, the network needs %d"
                .formatted(i, images.get(i).length, pixels));
      }
      System.arraycopy(images.get(i), 0, flat, i * pixels, pixels);
    }
    return scratch.create(flat, new Shape(images.size(), 1, card.size(), card.size()));
  }

  /** Frees the weights. Nothing may use the network afterwards. */
  @Override
  public void close() {
    layout.ifPresent(BlockedLayout::close);
    manager.close();
  }

  static NDArray array(NDManager manager, Tensor tensor) {
    List<Long> axes = new ArrayList<>();
    tensor.shape().forEach(axis -> axes.add((long) axis));
    return manager.create(
        tensor.values(), new Shape(axes.stream().mapToLong(Long::longValue).toArray()));
  }
}
