package io.fouriermasks.upgrade;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The lab that the first release has left behind ({@code releases/0.1-first}), and what its server
 * told of it.
 */
public class FirstRelease implements QuarkusTestResourceLifecycleManager {

  public static final String GRASS = "a621959bbb318d33";
  static final String SAND = "ecdd56bd29e452d6";

  /** SHA-256 of {@code /api/masks/1.npy}. */
  static final String MASK_OF_GRASS =
      "f6db492efe45dc8b05a93f43ca97d818751283aa0d5b1f37af7ff42c70ef7085";

  /** SHA-256 of {@code /api/masks/1/masked.png}. */
  static final String MASKED_GRASS =
      "08c3f0e40e41326199181c86ca969c2225702a1b50ab73421dc608116357f3c8";

  /** SHA-256 of {@code /api/masks/2.npy}. */
  static final String MASK_OF_SAND =
      "b986c9a0f8058679f7959544acf030ce933f63fbc7434b351e72dcc97a7ba8fd";

  /** SHA-256 of {@code /api/images/ID.png} of the grass. */
  static final String PICTURE_OF_GRASS =
      "4274f2bae5534defa356001c29a490ecf69a2cc52832b3b1f2a078027b624b59";

  private Path root;

  /** Unpacks a copy of the data folder. */
  public static Path unpack(Path folder) {
    try (ZipInputStream zip =
        new ZipInputStream(FirstRelease.class.getResourceAsStream("/releases/0.1-first/lab.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.copy(zip, target);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      root = Files.createTempDirectory("first-release");
      return Map.of("fourier-masks.data-dir", unpack(root).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the folder of the other tests, whose samples are used too. */
  @Override
  public int order() {
    return 1;
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
