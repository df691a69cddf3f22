package io.fouriermasks.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier whose weights are being learned: the plain network, with batch normalisation and
 * dropout as they are in training. Not safe for use by several threads.
 */
public final class TrainableNetwork implements AutoCloseable {

  private final ModelCard card;
  private final List<Layer> layers;
  private final NDManager manager;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  private TrainableNetwork(Weights weights, NDManager manager) {
    this.card = weights.card();
    this.layers = card.architecture().layers(card.classes().size());
    this.manager = manager;
    for (TensorShape tensor : card.architecture().tensors(card.classes().size())) {
      NDArray array = FrozenNetwork.array(manager, weights.tensors().get(tensor.name()));
      tensors.put(tensor.name(), array);
      if (tensor.role().isTrained()) {
        parameters.put(tensor.name(), array);
      }
    }
  }

  /** Copies the weights to the device. */
  public static TrainableNetwork of(Weights weights, Device device) {
    return new TrainableNetwork(weights, NDManager.newBaseManager(device));
  }

  /** Architecture, classes and normalisation. */
  public ModelCard card() {
    return card;
  }

  /** A manager on the network's device for the arrays of one task; close it after the task. */
  public NDManager newManager() {
    return NDManager.newBaseManager(manager.getDevice());
  }

  /** The arrays that an optimiser changes, by name, in torchvision's order. */
  public Map<String, NDArray> parameters() {
    return parameters;
  }

  /**
   * Copies of the parameters that collect gradients. A step takes fresh ones: gradients then never
   * accumulate, and the parameters themselves can be changed in place.
   */
  public Map<String, NDArray> leaves(NDManager scratch) {
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          NDArray leaf = parameter.duplicate();
          leaf.attach(scratch);
          leaf.setRequiresGradient(true);
          leaves.put(name, leaf);
        });
    return leaves;
  }

  /**
   * Logits in training mode: batch statistics, which also move the running ones; dropout.
   *
   * @param images N x 1 x size x size, normalised
   * @param leaves the parameters to use, from {@link #leaves}
   * @return N x classes, attached to the manager of the images
   */
  public NDArray trainingLogits(NDArray images, Map<String, NDArray> leaves) {
    Map<String, NDArray> all = new LinkedHashMap<>(tensors);
    all.putAll(leaves);
    return new Forward(all, true).run(layers, images);
  }

  /** Logits (N x classes) in eval mode of images N x 1 x size x size. */
  public NDArray logits(NDArray images) {
    return new Forward(tensors, false).run(layers, images);
  }

  /** A copy of the weights as they are now. */
  public Weights weights() {
    Map<String, Tensor> copy = new LinkedHashMap<>();
    for (TensorShape tensor : card.architecture().tensors(card.classes().size())) {
      copy.put(
          tensor.name(), new Tensor(tensor.shape(), tensors.get(tensor.name()).toFloatArray()));
    }
    return new Weights(card, copy);
  }

  @Override
  public void close() {
    manager.close();
  }
}
