package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  @TempDir Path root;

  @Test
  void classes_and_files_are_ordered_by_name() throws IOException {
    touch(
        "n02/b.jpg", "n02/a.JPEG", "n01/z.png", "Zebra/x.jpg", "n02/notes.txt", "n02/.hidden.png");
    touch("README.md", ".cache/a.png");

    ImageFolder folder = ImageFolder.open(root);

    assertThat(folder.root()).isEqualTo(root);
    assertThat(folder.classes()).containsExactly("Zebra", "n01", "n02");
    assertThat(folder.images())
        .containsExactly(
            new LabelledImage(root.resolve("Zebra/x.jpg"), 0),
            new LabelledImage(root.resolve("n01/z.png"), 1),
            new LabelledImage(root.resolve("n02/a.JPEG"), 2),
            new LabelledImage(root.resolve("n02/b.jpg"), 2));
  }

  @Test
  void a_missing_root_is_named_with_the_remedy() {
    Path missing = root.resolve("missing");

    assertThatExceptionOfType(InvalidDatasetException.class)
        .isThrownBy(() -> ImageFolder.open(missing))
        .withMessage(
            "There is no folder %s; give the path of a folder that has one folder of"
                + " pictures per class.",
            missing);
  }

  @Test
  void a_root_without_class_folders_is_named_with_the_remedy() throws IOException {
    touch("a.png");

    assertThatExceptionOfType(InvalidDatasetException.class)
        .isThrownBy(() -> ImageFolder.open(root))
        .withMessage(
            "The folder %s has no class folders; put the pictures of each class into a"
                + " folder of their own in it.",
            root);
  }

  @Test
  void a_class_without_pictures_is_named_with_the_remedy() throws IOException {
    touch("a/a.png", "b/notes.txt");

    assertThatExceptionOfType(InvalidDatasetException.class)
        .isThrownBy(() -> ImageFolder.open(root))
        .withMessage(
            "The class folder %s has no .jpg, .jpeg or .png file; add pictures or"
                + " remove the folder.",
            root.resolve("b"));
  }

  private void touch(String... names) throws IOException {
    for (String name : names) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @Test
  void a_share_of_each_class_is_held_out_by_the_seed() throws IOException {
    ImageFolder folder = DatasetFixture.noise(root, 21); // 10 of class a, 11 of class b

    ImageFolder.Parts parts = folder.holdOut(0.3, 5);

    assertThat(parts.heldOut().images())
        .hasSize(6)
        .doesNotContainAnyElementsOf(parts.rest().images());
    assertThat(parts.heldOut().images()).filteredOn(image -> image.label() == 0).hasSize(3);
    assertThat(parts.rest().images()).hasSize(15).isSubsetOf(folder.images());
    assertThat(parts.rest().classes()).isEqualTo(folder.classes());
    assertThat(folder.holdOut(0.3, 5).heldOut().images()).isEqualTo(parts.heldOut().images());
    assertThat(folder.holdOut(0.3, 6).heldOut().images()).isNotEqualTo(parts.heldOut().images());
    assertThatExceptionOfType(InvalidDatasetException.class)
        .isThrownBy(() -> folder.holdOut(0.99, 5))
        .withMessageContaining("cannot be held out");
  }
}
