package io.fouriermasks.command;

import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A weights file that the user names. */
final class WeightsFile {

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "trained weights, .safetensors")
  private Path path;

  Path path() {
    return path;
  }

  /** Reads it whole. */
  Weights read() throws IOException {
    return read(path);
  }

  /** Reads a file that {@code --weights} names. */
  static Weights read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UsageException("--weights: there is no file " + path);
    }
    try {
      return Weights.read(path);
    } catch (InvalidWeightsException e) {
      throw new UsageException("--weights: " + e.getMessage(), e);
    }
  }
}
