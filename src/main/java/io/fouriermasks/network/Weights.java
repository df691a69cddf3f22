package io.fouriermasks.network;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tensors of one trained network with its card. On the heap: reading one needs no libtorch.
 *
 * @param card architecture, classes, normalisation, accuracy
 * @param tensors by torchvision's names, exactly those of the architecture
 */
public record Weights(ModelCard card, Map<String, Tensor> tensors) {

  /** Torch counts batches here; the counters have no effect and are not kept. */
  private static final String COUNTER = ".num_batches_tracked";

  public Weights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    requireTensors(card, shapes(tensors));
  }

  /**
   * Reads a safetensors file, all of it or nothing.
   *
   * @throws InvalidWeightsException if the file is no safetensors, or does not hold exactly the
   *     tensors of the architecture that its metadata names
   * @throws IOException if it cannot be read
   */
  public static Weights read(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      Safetensors.Header header = validHeader(file);
      ModelCard card = card(header);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (TensorShape tensor : card.architecture().tensors(card.classes().size())) {
        Safetensors.Entry entry = header.entries().get(tensor.name());
        float[] values = Safetensors.values(file, header, entry);
        requireFinite(tensor.name(), values);
        tensors.put(tensor.name(), new Tensor(tensor.shape(), values));
      }
      return new Weights(card, tensors);
    } catch (InvalidWeightsException e) {
      throw named(path, e);
    }
  }

  /**
   * Reads and validates the header alone.
   *
   * @throws InvalidWeightsException as {@link #read}
   */
  public static ModelCard readCard(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return card(validHeader(file));
    } catch (InvalidWeightsException e) {
      throw named(path, e);
    }
  }

  /** SHA-256 of all values: equal for equal weights. */
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    tensors.forEach((name, tensor) -> fingerprint.add(name).add(tensor.values()));
    return fingerprint.hex();
  }

  /** Writes a safetensors file, complete or not at all (temporary file, fsync, rename). */
  public void write(Path path) throws IOException {
    new TensorFile(card.metadata(), tensors).write(path);
  }

  private static Safetensors.Header validHeader(FileChannel file) throws IOException {
    Safetensors.Header header = Safetensors.header(file);
    header.entries().keySet().removeIf(name -> name.endsWith(COUNTER));
    ModelCard card = card(header);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
    requireTensors(card, shapes);
    return header;
  }

  private static ModelCard card(Safetensors.Header header) {
    try {
      return ModelCard.of(header.metadata());
    } catch (IllegalArgumentException e) {
      throw new InvalidWeightsException(e.getMessage(), e);
    }
  }

  private static Map<String, List<Integer>> shapes(Map<String, Tensor> tensors) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private static void requireTensors(ModelCard card, Map<String, List<Integer>> shapes) {
    Set<String> unknown = new TreeSet<>(shapes.keySet());
    for (TensorShape tensor : card.architecture().tensors(card.classes().size())) {
      unknown.remove(tensor.name());
      List<Integer> shape = shapes.get(tensor.name());
      if (shape == null) {
        throw new InvalidWeightsException(
            "it lacks the tensor '%s' of a %s"
                .formatted(tensor.name(), card.architecture().cliName()));
      }
      if (!shape.equals(tensor.shape())) {
        throw new InvalidWeightsException(
            "'%s' has the shape %s; a %s with %d classes has %s"
                .formatted(
                    tensor.name(),
                    shape,
                    card.architecture().cliName(),
                    card.classes().size(),
                    tensor.shape()));
      }
    }
    if (!unknown.isEmpty()) {
      throw new InvalidWeightsException(
          "'%s' is no tensor of a %s"
              .formatted(unknown.iterator().next(), card.architecture().cliName()));
    }
  }

  private static void requireFinite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidWeightsException("'%s' holds a value that is not finite".formatted(name));
      }
    }
  }

  private static InvalidWeightsException named(Path path, InvalidWeightsException e) {
    return new InvalidWeightsException(
        "%s cannot be used as weights: %s.".formatted(path.getFileName(), e.getMessage()), e);
  }
}
