package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabStorageTest {

  @Test
  void a_lab_without_object_storage_has_no_bucket() {
    assertThat(LabStorage.bucket(Map.of())).isEmpty();
    assertThat(LabStorage.bucket(Map.of("FOURIER_MASKS_OBJECTS_URL", " "))).isEmpty();
  }

  @Test
  void the_bucket_of_the_environment_is_asked_at_its_own_address() {
    try (ObjectServer server = new ObjectServer()) {
      ObjectServer.giveKeys();
      try (Bucket bucket = LabStorage.bucket(server.environment()).orElseThrow()) {
        assertThat(bucket).hasToString("s3://lab/of/the-lab/");
        assertThat(bucket.names("")).isEmpty();
      }
    }
  }

  @Test
  void a_wrong_address_is_refused_with_the_name_of_its_variable() {
    assertThatThrownBy(
            () ->
                LabStorage.bucket(
                    Map.of("FOURIER_MASKS_OBJECTS_URL", "http://key:secret@minio/lab")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("FOURIER_MASKS_OBJECTS_URL")
        .hasMessageNotContaining("secret");
  }
}
