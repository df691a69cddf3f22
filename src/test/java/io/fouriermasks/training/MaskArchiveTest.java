package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskArchiveTest {

  private static final ModelMask RESULT =
      new ModelMask(
          FourierMask.ones(4),
          0.8,
          0.79,
          new float[] {0.1f, 0.05f},
          new float[] {0.9f, 0.8f},
          new float[] {0.8f, 0.79f},
          StopReason.STEP_LIMIT,
          1,
          2,
          20,
          3.5);

  @Test
  void an_archive_of_a_shared_mask_gives_back_mask_curves_and_metadata() {
    ArchivedMask read = MaskArchive.read(archive());
    assertThat(read.mask()).isEqualTo(RESULT.mask());
    assertThat(read.invariance()).containsExactly(0.1f, 0.05f);
    assertThat(read.sparsity()).containsExactly(0.9f, 0.8f);
    assertThat(read.accuracy()).containsExactly(0.8f, 0.79f);
    assertThat(read.meta().get("kind").asText()).isEqualTo("model-mask");
    assertThat(read.meta().get("preset").asText()).isEqualTo("paper");
    assertThat(read.meta().get("settings").get("quietEpochs").asInt()).isEqualTo(7);
    assertThat(read.meta().get("seed").asInt()).isEqualTo(31);
    assertThat(read.meta().get("maskedAccuracy").asDouble()).isEqualTo(0.79);
    assertThat(read.meta().get("stopReason").asText()).isEqualTo("step_limit");
    assertThat(read.meta().get("converged").asBoolean()).isTrue();
    assertThat(read.meta().get("keptEpoch").asInt()).isEqualTo(2);
  }

  @Test
  void damaged_archives_are_refused_with_a_reason() {
    refused("no .npz file", new byte[0]);
    refused("no .npz file", "hello".getBytes(StandardCharsets.UTF_8));
    byte[] good = archive();
    // behind the arrays there is only a directory of them, which is not needed
    int arrays = new String(good, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    for (int length = 0; length < arrays - 16; length += 29) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> MaskArchive.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    refused("no square array 'mask'", with("mask", NpyArray.of(new float[6], 2, 3)));
    refused("not in [0, 1]", with("mask", NpyArray.of(new float[] {0, 2, 0, 0}, 2, 2)));
    refused("must be even", with("mask", NpyArray.of(new float[9], 3, 3)));
    refused("'sparsity' must have one axis", with("sparsity", NpyArray.of(new float[4], 2, 2)));
    refused("is no JSON", with("meta", NpyArray.of("{".getBytes(StandardCharsets.UTF_8))));
    refused("is no JSON object", with("meta", NpyArray.of("3".getBytes(StandardCharsets.UTF_8))));
    refused("holds no 'meta'", with("meta", null));
  }

  private static void refused(String reason, byte[] file) {
    assertThatThrownBy(() -> MaskArchive.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] archive() {
    return MaskArchive.npz(RESULT, ModelMaskSettings.PAPER, Map.of("kind", "model-mask"));
  }

  private static byte[] with(String name, NpyArray array) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>(Npz.decode(archive()));
    arrays.remove(name);
    if (array != null) {
      arrays.put(name, array);
    }
    return Npz.encode(arrays);
  }
}
