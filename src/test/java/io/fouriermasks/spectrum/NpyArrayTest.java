package io.fouriermasks.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NpyArrayTest {

  @Test
  void the_file_is_what_numpy_writes() {
    byte[] file = NpyArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).encode();
    String header = new String(file, 10, 118, StandardCharsets.US_ASCII);
    assertThat(file).hasSize(128 + 24).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    assertThat(header)
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
        .endsWith(" \n");
  }

  @Test
  void arrays_come_back_from_npy_and_npz() {
    NpyArray vector = NpyArray.of(new float[] {0.5f, -1}, 2);
    NpyArray read = NpyArray.decode(vector.encode());
    assertThat(read.shape()).isEqualTo(List.of(2));
    assertThat(read.floats()).containsExactly(0.5f, -1f);

    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("a", vector);
    arrays.put("meta", NpyArray.of("{}".getBytes(StandardCharsets.UTF_8)));
    byte[] file = Npz.encode(arrays);
    assertThat(Npz.encode(arrays)).isEqualTo(file);
    assertThat(Npz.decode(file).get("meta").data()).asString().isEqualTo("{}");
    assertThat(Npz.decode(file).keySet()).containsExactly("a", "meta");
  }

  @Test
  void pickled_objects_and_damaged_files_are_refused() {
    byte[] good = NpyArray.of(new float[] {1}, 1).encode();
    byte[] pickled =
        new String(good, StandardCharsets.ISO_8859_1)
            .replace("'<f4'", "'|O' ")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> NpyArray.decode(pickled)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NpyArray.decode(Arrays.copyOf(good, 40)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NpyArray.decode(Arrays.copyOf(good, good.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Npz.decode("hello".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("This is no .npz file");
  }
}
