package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LabStorageTest {

  @Test
  void an_archive_of_a_lab_whose_files_are_in_object_storage_is_refused() {
    assertThatThrownBy(
            () -> LabStorage.requireFilesInFolder(Map.of("FOURIER_MASKS_OBJECTS_URL", "s3://lab")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("back up the bucket");
    assertThatNoException().isThrownBy(() -> LabStorage.requireFilesInFolder(Map.of()));
  }
}
