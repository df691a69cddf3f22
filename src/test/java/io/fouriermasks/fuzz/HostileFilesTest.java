package io.fouriermasks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.api.TestPictures;
import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.dataset.RgbImage;
import io.fouriermasks.dataset.UnreadableImageException;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.network.TensorFile;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.fouriermasks.training.MaskArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Files of strangers are read or refused with the exception that is documented; nothing else comes
 * of them: no other exception, no array that their header only claims, no endless work.
 */
class HostileFilesTest {

  private static final ImageDecoder DECODER =
      new ImageDecoder(new ImageDecoder.Limits(1_000_000, 1_000_000, 4_000));

  @Provide
  Arbitrary<byte[]> pictures() {
    return Mutations.of(
        TestPictures.reference("colour_64x48.jpg"),
        TestPictures.reference("colour_64x48.png"),
        TestPictures.reference("palette_150x131.png"),
        TestPictures.reference("progressive_213x160.jpg"),
        TestPictures.reference("cmyk_150x131.jpg"));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void a_picture_is_decoded_within_the_limits_or_refused(@ForAll("pictures") byte[] file) {
    try {
      RgbImage image = DECODER.decode(file);
      assertThat((long) image.width() * image.height()).isBetween(1L, 1_000_000L);
    } catch (UnreadableImageException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<byte[]> tensorFiles() throws IOException {
    Tensor tensor = new Tensor(List.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});
    Path file = Files.createTempFile("good", ".safetensors");
    try {
      new TensorFile(
              Map.of("architecture", "compact", "classes", "[\"a\"]"),
              Map.of("conv1.weight", tensor, "fc.bias", tensor))
          .write(file);
      return Mutations.of(Files.readAllBytes(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void a_safetensors_file_is_read_whole_or_refused(@ForAll("tensorFiles") byte[] bytes)
      throws IOException {
    Path file = Files.write(Files.createTempFile("hostile", ".safetensors"), bytes);
    try {
      TensorFile read = TensorFile.read(file);
      long values = read.tensors().values().stream().mapToLong(t -> t.values().length).sum();
      assertThat(values).as("no more than the file has").isLessThanOrEqualTo(bytes.length);
    } catch (InvalidWeightsException e) {
      assertThat(e.getMessage()).isNotBlank();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Provide
  Arbitrary<byte[]> weights() throws IOException {
    Path file = Files.createTempFile("good", ".safetensors");
    try {
      Weights drawn =
          Initialisation.draw(ModelCard.of(Architecture.COMPACT, "n", List.of("a", "b")), 1);
      drawn.write(file);
      return Mutations.of(Files.readAllBytes(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void weights_are_a_network_or_refused(@ForAll("weights") byte[] bytes) throws IOException {
    Path file = Files.write(Files.createTempFile("hostile", ".safetensors"), bytes);
    try {
      Weights read = Weights.read(file);
      assertThat(read.tensors())
          .hasSize(read.card().architecture().tensors(read.card().classes().size()).size());
    } catch (InvalidWeightsException e) {
      assertThat(e.getMessage()).isNotBlank();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Provide
  Arbitrary<byte[]> arrays() {
    return Mutations.of(
        NpyArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).encode(),
        MaskArchive.npy(FourierMask.ones(8)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void an_npy_file_fills_its_shape_or_is_refused(@ForAll("arrays") byte[] bytes) {
    try {
      NpyArray array = NpyArray.decode(bytes);
      long elements = array.shape().stream().mapToLong(axis -> axis).reduce(1, Math::multiplyExact);
      assertThat(array.floats()).hasSize(Math.toIntExact(elements));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<byte[]> archivesOfArrays() throws IOException {
    return Mutations.of(
        Npz.encode(
            Map.of("mask", NpyArray.of(new float[64], 8, 8), "meta", NpyArray.of(new byte[20]))),
        Files.readAllBytes(Path.of("samples/masks/surfaces/compact_mask_adv.npz")));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void a_masks_archive_is_a_mask_or_refused(@ForAll("archivesOfArrays") byte[] bytes) {
    try {
      FourierMask mask = MaskArchive.readMask(bytes);
      assertThat(mask.size()).isPositive();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      assertThat(MaskArchive.read(bytes).mask()).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
