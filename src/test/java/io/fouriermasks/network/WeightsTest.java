package io.fouriermasks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.Fixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeightsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"COMPACT", "RESNET18"})
  void what_is_written_is_read_back(Architecture architecture) throws IOException {
    ModelCard card = ModelCard.of(architecture, "adv", List.of("a", "b", "c")).withAccuracy(0.8184);
    Weights weights = Initialisation.draw(card, 7);
    Path file = folder.resolve(card.fileName());
    weights.write(file);
    Weights read = Weights.read(file);
    assertThat(read.card()).isEqualTo(card);
    assertThat(Weights.readCard(file)).isEqualTo(card);
    assertThat(read.tensors().keySet()).containsExactlyElementsOf(weights.tensors().keySet());
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
              assertThat(read.tensors().get(name).values()).isEqualTo(tensor.values());
            });
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file); // no temporary file is left
    }
  }

  @Test
  void weights_that_torch_saved_are_read_with_their_batch_counters_left_out() throws IOException {
    Weights weights = Weights.read(Fixture.file("compact_weights.safetensors"));
    assertThat(weights.card().architecture()).isEqualTo(Architecture.COMPACT);
    assertThat(weights.card().classes())
        .containsExactly("English springer", "chain saw", "church", "French horn", "garbage truck");
    assertThat(weights.tensors()).hasSize(Architecture.COMPACT.tensors(5).size());
  }

  /** Tensors are written a megabyte at a time. */
  @Test
  void a_tensor_of_several_megabytes_comes_back_with_every_value() throws IOException {
    float[] values = new float[700_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 0.5f;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("large", Tensor.of(values));
    tensors.put("after", Tensor.of(new float[] {-1, -2}));
    Path file = folder.resolve("large.safetensors");
    new TensorFile(Map.of(), tensors).write(file);
    TensorFile back = TensorFile.read(file);
    assertThat(back.tensors().get("large").values()).isEqualTo(values);
    assertThat(back.tensors().get("after").values()).containsExactly(-1, -2);
  }

  @Test
  void the_same_seed_draws_the_same_weights_and_another_seed_others() {
    ModelCard card = ModelCard.of(Architecture.COMPACT, "n", List.of("a", "b"));
    float[] first = Initialisation.draw(card, 1).tensors().get("conv1.weight").values();
    assertThat(Initialisation.draw(card, 1).tensors().get("conv1.weight").values())
        .containsExactly(first);
    assertThat(Initialisation.draw(card, 2).tensors().get("conv1.weight").values())
        .isNotEqualTo(first);
  }

  @Test
  void convolutions_are_drawn_with_the_variance_of_he_for_their_outputs() {
    ModelCard card = ModelCard.of(Architecture.RESNET18, "n", List.of("a", "b"));
    float[] values = Initialisation.draw(card, 3).tensors().get("layer4.0.conv2.weight").values();
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    assertThat(square / values.length).isCloseTo(2.0 / (512 * 9), Percentage.withPercentage(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | truncated or damaged",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | has no 'architecture'",
        "[1] | no JSON object",
        "{\"a\": | no valid JSON",
        "{\"a\":1,\"a\":1} | no valid JSON",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | offsets of 'w' do not fit",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | shape of 'w' is invalid",
        "{\"w\":{\"dtype\":\"OBJ\",\"shape\":[2],\"data_offsets\":[0,8]}} | type 'OBJ'",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[70000,70000],\"data_offsets\":[0,8]}} | too large",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | leaves a gap",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | overlaps another",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,36]}} | truncated or damaged",
        "{\"__metadata__\":{\"architecture\":5}} | no text",
      })
  void a_damaged_or_crafted_header_is_refused_with_its_reason(String header, String reason)
      throws IOException {
    assertThatThrownBy(() -> Weights.read(file(header)))
        .isInstanceOf(InvalidWeightsException.class)
        .hasMessageStartingWith("w.safetensors cannot be used as weights: ")
        .hasMessageContaining(reason.strip());
  }

  @Test
  void a_header_longer_than_the_file_is_refused_before_it_is_read() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, little(Long.MAX_VALUE));
    assertThatThrownBy(() -> Weights.read(file)).hasMessageContaining("does not begin with");
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Weights.read(file)).hasMessageContaining("too short");
  }

  @Test
  void a_tensor_of_another_shape_a_missing_and_a_foreign_one_are_refused() {
    ModelCard two = ModelCard.of(Architecture.COMPACT, "n", List.of("a", "b"));
    ModelCard three = ModelCard.of(Architecture.COMPACT, "n", List.of("a", "b", "c"));
    Weights weights = Initialisation.draw(two, 1);
    assertThatThrownBy(() -> new Weights(three, weights.tensors()))
        .hasMessage("'fc.weight' has the shape [2, 128]; a compact with 3 classes has [3, 128]");
    var tensors = new LinkedHashMap<>(weights.tensors());
    tensors.put("fc2.bias", tensors.get("fc.bias"));
    assertThatThrownBy(() -> new Weights(two, tensors))
        .hasMessage("'fc2.bias' is no tensor of a compact");
    tensors.remove("conv1.weight");
    assertThatThrownBy(() -> new Weights(two, tensors))
        .hasMessage("it lacks the tensor 'conv1.weight' of a compact");
  }

  /** A file with this header and eight bytes of data. */
  private Path file(String header) throws IOException {
    byte[] text = header.strip().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8);
    bytes.put(little(text.length)).put(text);
    return Files.write(folder.resolve("w.safetensors"), bytes.array());
  }

  private static byte[] little(long value) {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return bytes;
  }
}
