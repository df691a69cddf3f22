package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DatabaseLocationTest {

  @Test
  void the_path_of_the_database_is_absolute_whatever_the_data_folder_is() {
    assertThat(database("/var/lab")).isEqualTo(Path.of("/var/lab/lab"));
    assertThat(database("some/where")).isEqualTo(Path.of("some/where/lab").toAbsolutePath());
    assertThat(database("./data")).isEqualTo(Path.of("data/lab").toAbsolutePath());
    assertThat(database(null)).isEqualTo(Path.of("data/lab").toAbsolutePath());
  }

  private static Path database(String folder) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withSources(new DatabaseLocation());
    if (folder != null) {
      builder.withDefaultValue("fourier-masks.data-dir", folder);
    }
    SmallRyeConfig config = builder.build();
    return Path.of(config.getRawValue("lab.database"));
  }
}
