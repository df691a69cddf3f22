package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

  private static final String TOKEN = "FOURIER_MASKS_ACCESS_TOKEN";
  private static final String PASSWORD = "FOURIER_MASKS_DATABASE_PASSWORD";

  @TempDir Path folder;

  private String file(String content) throws Exception {
    return Files.writeString(folder.resolve("secret"), content).toString();
  }

  @Test
  void a_secret_in_a_file_is_read_without_the_line_end_of_its_editor() throws Exception {
    Map<String, String> environment = Map.of(PASSWORD + "_FILE", file("s3 cret\n"), "PATH", "/bin");
    assertThat(SecretFiles.resolve(environment))
        .containsEntry(PASSWORD, "s3 cret")
        .containsEntry("PATH", "/bin")
        .doesNotContainKey(TOKEN);
  }

  @Test
  void a_variable_of_its_own_wins_over_the_file() throws Exception {
    assertThat(SecretFiles.resolve(Map.of(TOKEN, "typed", TOKEN + "_FILE", file("filed"))))
        .containsEntry(TOKEN, "typed");
    assertThat(SecretFiles.resolve(Map.of(TOKEN, " ", TOKEN + "_FILE", file("filed"))))
        .containsEntry(TOKEN, "filed");
  }

  @Test
  void a_file_that_is_not_there_is_named_with_its_variable() {
    assertThatThrownBy(
            () -> SecretFiles.resolve(Map.of(TOKEN + "_FILE", folder.resolve("no").toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(TOKEN + "_FILE: the file " + folder.resolve("no") + " cannot be read");
  }
}
