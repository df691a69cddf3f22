package io.fouriermasks.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A fresh data folder, and samples with one small trained network, its mask, and a broken file of
 * each.
 */
public class LabFolder implements QuarkusTestResourceLifecycleManager {

  /** Id of the network. */
  public static final String MODEL = "tiny-compact-n";

  /** The mask of the network keeps the frequencies up to this one. */
  public static final int MASK_RADIUS = 20;

  /** Id of the dataset that the network knows, with two photographs a class to evaluate on. */
  public static final String DATASET = "photos";

  /** The folders of the dataset's classes, in the order of the network's. */
  public static final List<String> CLASSES =
      List.of("n02102040", "n03000684", "n03028079", "n03394916", "n03417042");

  private Path root;

  @Override
  public Map<String, String> start() {
    try {
      root = Files.createTempDirectory("lab");
      Path family = Files.createDirectories(root.resolve("samples/models/tiny"));
      try (InputStream weights =
          LabFolder.class.getResourceAsStream("/parity/compact_weights.safetensors")) {
        Files.copy(weights, family.resolve("compact_basemodel_n.safetensors"));
      }
      Files.writeString(family.resolve("broken.safetensors"), "no weights at all");
      Path samples = root.resolve("samples");
      KitFiles.write(
          samples,
          "masks/tiny/compact_mask_n.npz",
          KitFiles.ofModel(KitFiles.disc(MASK_RADIUS), Map.of("kind", "model-mask")));
      KitFiles.write(samples, "masks/tiny/compact_mask_n_broken.npz", new byte[] {'P', 'K'});
      photographs(samples, "photos/train", 3, 100);
      photographs(samples, "photos/val", 2, 200);
      return Map.of(
          "fourier-masks.data-dir", root.resolve("data").toString(),
          "fourier-masks.samples-dir", root.resolve("samples").toString(),
          "fourier-masks.allowed-hosts", "lab.example.org");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void photographs(Path samples, String split, int each, int firstSeed) {
    int seed = firstSeed;
    for (String name : CLASSES) {
      for (int i = 0; i < each; i++) {
        KitFiles.write(
            samples,
            "%s/%s/%d.png".formatted(split, name, i),
            TestPictures.noise(150, 140, seed++, "png"));
      }
    }
  }

  @Override
  public void stop() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
