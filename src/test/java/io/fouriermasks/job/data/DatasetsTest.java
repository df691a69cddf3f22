package io.fouriermasks.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.UnknownIdException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  @TempDir Path folder;
  private Path root;
  private Datasets datasets;

  private final TestDatabase database = new TestDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectories(folder.resolve("pictures"));
    LabConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(LabConfig.class)
            .withConverter(
                io.quarkus.runtime.configuration.MemorySize.class,
                100,
                new io.quarkus.runtime.configuration.MemorySizeConverter())
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "fourier-masks.data-dir", folder.resolve("data").toString(),
                        "fourier-masks.data-roots", root.toString()),
                    "test",
                    100))
            .build()
            .getConfigMapping(LabConfig.class);
    datasets = new Datasets(config, new DeletedFiles(database.jdbi, database.clock));
  }

  @Test
  void a_folder_with_splits_and_one_without_are_datasets() throws IOException {
    picture("walls/train/brick/a.jpg");
    picture("walls/val/brick/a.jpg");
    picture("plain/church/a.png");
    picture("plain/church/b.png");
    Files.createDirectories(root.resolve("papers/2022"));

    assertThat(datasets.list())
        .extracting(Dataset::id)
        .containsExactly("pictures:plain", "pictures:walls");
    Dataset plain = datasets.get("pictures:plain");
    assertThat(plain.evaluation().orElseThrow().name()).isEqualTo(Dataset.ALL);
    assertThat(plain.evaluation().orElseThrow().images()).isEqualTo(2);
    assertThat(datasets.get("pictures:walls").splits())
        .extracting(Dataset.Split::name)
        .containsExactly("train", "val");
    assertThat(datasets.folder(plain, Dataset.ALL).classes()).containsExactly("church");
  }

  @Test
  void a_root_can_be_a_dataset_itself() throws IOException {
    picture("val/brick/a.jpg");
    assertThat(datasets.list()).extracting(Dataset::id).containsExactly("pictures");
  }

  @Test
  void a_split_that_cannot_be_used_is_told_without_the_path_of_the_root() throws IOException {
    picture("walls/val/brick/a.jpg");
    Files.createDirectories(root.resolve("walls/train/empty"));
    Dataset walls = datasets.get("pictures:walls");
    assertThat(walls.splits()).extracting(Dataset.Split::name).containsExactly("val");
    assertThat(walls.problem()).contains("walls/train/empty").doesNotContain(root.toString());
  }

  @Test
  void links_out_of_the_root_are_not_followed() throws IOException {
    Path secret = folder.resolve("secret/val/brick");
    Files.createDirectories(secret);
    Files.write(secret.resolve("a.jpg"), new byte[] {1});
    Files.createSymbolicLink(root.resolve("linked"), folder.resolve("secret"));
    assertThat(datasets.list()).isEmpty();

    picture("walls/val/brick/a.jpg");
    Dataset walls = datasets.get("pictures:walls");
    Files.createSymbolicLink(root.resolve("walls/val/brick/b.jpg"), secret.resolve("a.jpg"));
    assertThatThrownBy(() -> datasets.folder(walls, "val"))
        .isInstanceOf(InvalidDatasetException.class)
        .hasMessageContaining("walls/val/brick/b.jpg is a link out of the data root");
    Files.delete(root.resolve("walls/val/brick/b.jpg"));
    Files.createSymbolicLink(root.resolve("walls/val/other"), secret);
    assertThat(datasets.get("pictures:walls").splits()).isEmpty();
  }

  @Test
  void what_is_not_there_is_unknown() throws IOException {
    picture("walls/val/brick/a.jpg");
    Dataset walls = datasets.get("pictures:walls");
    for (String id : List.of("none", "..", "pictures:..", "pictures:../secret", "")) {
      assertThat(datasets.find(id)).isEmpty();
    }
    assertThatThrownBy(() -> datasets.folder(walls, "train"))
        .isInstanceOf(UnknownIdException.class);
  }

  private void picture(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {1});
  }
}
