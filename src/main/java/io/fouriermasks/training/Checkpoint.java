package io.fouriermasks.training;

import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.network.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that a trainer needs to go on as if it had never stopped. Kept as a safetensors file:
 * nothing in it can run code.
 *
 * @param specification what is being trained, as text; a checkpoint continues only the very same
 *     training
 * @param state counters by name
 * @param tensors arrays by name
 */
public record Checkpoint(
    String specification, Map<String, String> state, Map<String, Tensor> tensors) {

  private static final String SPECIFICATION = "specification";

  /** Name of the counter of optimiser steps, which every trainer keeps. */
  static final String STEPS = "steps";

  /** Where no work has been done yet. */
  public static final Checkpoint NONE = new Checkpoint("", Map.of(), Map.of());

  /** Whether there is no work to continue. */
  public boolean isNone() {
    return state.isEmpty() && tensors.isEmpty();
  }

  /** Optimiser steps that were taken before it. */
  public long steps() {
    return isNone() ? 0 : number(STEPS);
  }

  /** The counter of this name. */
  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /** The real number of this name. */
  public double real(String name) {
    return Double.parseDouble(text(name));
  }

  /** The text of this name. */
  public String text(String name) {
    String text = state.get(name);
    if (text == null) {
      throw new IllegalStateException("The checkpoint has no '%s'".formatted(name));
    }
    return text;
  }

  /** The array of this name. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("The checkpoint has no array '%s'".formatted(name));
    }
    return tensor;
  }

  /** What names with this prefix mean, under the rest of their names. */
  Checkpoint part(String prefix) {
    return new Checkpoint(specification, part(prefix, state), part(prefix, tensors));
  }

  private static <T> Map<String, T> part(String prefix, Map<String, T> all) {
    Map<String, T> part = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), value);
          }
        });
    return part;
  }

  /**
   * The checkpoint in a file, {@link #NONE} if there is no such file.
   *
   * @param specification of the training that is to go on
   * @throws CheckpointMismatchException if the file belongs to another training
   * @throws InvalidWeightsException if it is no checkpoint, or damaged
   */
  public static Checkpoint read(Path path, String specification) throws IOException {
    if (!Files.exists(path)) {
      return NONE;
    }
    TensorFile file = TensorFile.read(path);
    Map<String, String> state = new LinkedHashMap<>(file.metadata());
    String found = state.remove(SPECIFICATION);
    if (!specification.equals(found)) {
      throw new CheckpointMismatchException(path, found, specification);
    }
    return new Checkpoint(found, state, file.tensors());
  }

  /** Writes the file, complete or not at all. */
  public void write(Path path) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(state);
    metadata.put(SPECIFICATION, specification);
    new TensorFile(metadata, tensors).write(path);
  }
}
