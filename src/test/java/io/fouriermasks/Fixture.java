package io.fouriermasks;

import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A parity fixture: arrays that PyTorch computed. */
public record Fixture(Map<String, NpyArray> arrays) {

  public static Fixture load(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream("/parity/" + name)) {
      return new Fixture(Npz.decode(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path file(String name) {
    try {
      return Path.of(Fixture.class.getResource("/parity/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public float[] floats(String array) {
    return arrays.get(array).floats();
  }

  public double[] doubles(String array) {
    return arrays.get(array).doubles();
  }

  /** The parts of an array along its first axis. */
  public List<float[]> rows(String array) {
    return split(floats(array), arrays.get(array).shape().get(0));
  }

  /** Cuts an array in {@code n} equal parts. */
  public static List<float[]> split(float[] all, int n) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(Arrays.copyOfRange(all, i * all.length / n, (i + 1) * all.length / n));
    }
    return rows;
  }
}
