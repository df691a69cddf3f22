package io.fouriermasks.network;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file as it is: named float32 tensors and a map of texts, whatever they stand for.
 *
 * @param metadata texts by name
 * @param tensors by name
 */
public record TensorFile(Map<String, String> metadata, Map<String, Tensor> tensors) {

  public TensorFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads all of a file or nothing.
   *
   * @throws InvalidWeightsException if it is no safetensors file, or damaged
   * @throws IOException if it cannot be read
   */
  public static TensorFile read(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      Safetensors.Header header = Safetensors.header(file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Safetensors.Entry entry : header.entries().values()) {
        tensors.put(
            entry.name(), new Tensor(entry.shape(), Safetensors.values(file, header, entry)));
      }
      return new TensorFile(header.metadata(), tensors);
    }
  }

  /** Writes the file, complete or not at all. */
  public void write(Path path) throws IOException {
    DurableFile.write(path, out -> Safetensors.write(out, metadata, tensors));
  }
}
