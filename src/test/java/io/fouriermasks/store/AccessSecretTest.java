package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessSecretTest {

  @TempDir Path data;

  @Test
  void a_token_is_drawn_once_and_only_its_hash_is_kept() throws Exception {
    AccessSecret first = new AccessSecret(true, null, data);
    String token = first.drawn().orElseThrow();
    assertThat(token).hasSizeGreaterThanOrEqualTo(32);
    assertThat(first.opens(token)).isTrue();
    assertThat(first.shown("http://lab/")).isEqualTo("http://lab/?token=" + token);
    assertThat(first.opens(token + " ")).isFalse();
    assertThat(first.opens(null)).isFalse();
    Path file = data.resolve(AccessSecret.FILE);
    assertThat(Files.readString(file)).doesNotContain(token).hasSize(64);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    AccessSecret second = new AccessSecret(true, null, data);
    assertThat(second.drawn()).isEmpty();
    assertThat(second.shown("http://lab/")).isEqualTo("http://lab/");
    assertThat(second.opens(token)).isTrue();

    Files.delete(file);
    assertThat(new AccessSecret(true, null, data).opens(token)).isFalse();
  }

  @Test
  void a_configured_token_needs_no_file_and_a_lab_of_one_machine_no_token() throws Exception {
    AccessSecret configured = new AccessSecret(true, "the configured token", data);
    assertThat(configured.opens("the configured token")).isTrue();
    assertThat(configured.opens("another")).isFalse();
    AccessSecret open = new AccessSecret(false, null, data);
    assertThat(open.isOpen()).isTrue();
    assertThat(open.opens(null)).isTrue();
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void a_broken_file_locks_the_lab_with_a_sentence() throws Exception {
    Files.writeString(data.resolve(AccessSecret.FILE), "nonsense");
    assertThatThrownBy(() -> new AccessSecret(true, null, data)).hasMessageContaining("remove it");
    Files.writeString(data.resolve(AccessSecret.FILE), "");
    assertThatThrownBy(() -> new AccessSecret(true, null, data)).hasMessageContaining("remove it");
  }
}
