package io.fouriermasks.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Image folders of noise. */
final class DatasetFixture {

  private DatasetFixture() {}

  /** Two classes, {@code a} with one picture less than {@code b}; gray and colour mixed. */
  static ImageFolder noise(Path root, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path folder = Files.createDirectories(root.resolve(i < (count - 1) / 2 ? "a" : "b"));
      RgbImage image = Pictures.noise(20 + i, 24, i % 2 == 0 ? 1 : 3, i);
      Files.write(folder.resolve("%03d.png".formatted(i)), Pictures.png(image));
    }
    return ImageFolder.open(root);
  }
}
