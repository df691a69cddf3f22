package io.fouriermasks.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The files in which a mask leaves the program. An .npz has the arrays {@code mask} (full plane,
 * unshifted, float32), {@code invariance} and {@code sparsity} (one value a step, taken before the
 * step) and {@code meta} (JSON as UTF-8 bytes).
 */
public final class MaskArchive {

  private static final ObjectMapper JSON = new ObjectMapper();

  private MaskArchive() {}

  /** The mask alone as .npy: size x size float32, full plane, unshifted. */
  public static byte[] npy(FourierMask mask) {
    return NpyArray.of(mask.fullPlane(), mask.size(), mask.size()).encode();
  }

  /**
   * The whole archive.
   *
   * @param context what else the reader should know: specification, model, device, versions; values
   *     that JSON can hold
   */
  public static byte[] npz(ImageMask result, Map<String, ?> context) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    int size = result.mask().size();
    arrays.put("mask", NpyArray.of(result.mask().fullPlane(), size, size));
    arrays.put("invariance", NpyArray.of(result.invariance(), result.steps()));
    arrays.put("sparsity", NpyArray.of(result.sparsity(), result.steps()));
    arrays.put("meta", NpyArray.of(json(meta(result, context))));
    return Npz.encode(arrays);
  }

  /**
   * The mask of an archive, or of a .npy file.
   *
   * @throws IllegalArgumentException if the file is neither, or holds no square mask of values in
   *     [0, 1]
   */
  public static FourierMask readMask(byte[] file) {
    NpyArray array =
        file.length > 0 && file[0] == 'P' ? Npz.decode(file).get("mask") : NpyArray.decode(file);
    if (array == null
        || array.shape().size() != 2
        || !array.shape().get(0).equals(array.shape().get(1))) {
      throw new IllegalArgumentException("The file holds no square array 'mask'");
    }
    float[] plane = array.floats();
    for (float value : plane) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "The mask holds a value that is not in [0, 1]: " + value);
      }
    }
    return FourierMask.ofFullPlane(array.shape().get(0), plane);
  }

  private static Map<String, Object> meta(ImageMask result, Map<String, ?> context) {
    Map<String, Object> meta = new LinkedHashMap<>(context);
    meta.put("label", result.label());
    meta.put("prediction", result.prediction());
    meta.put("predictionKept", result.predictionKept());
    meta.put("cleanProbabilities", Logits.probabilities(result.cleanLogits()));
    meta.put("maskedProbabilities", Logits.probabilities(result.maskedLogits()));
    meta.put("cleanLoss", result.cleanLoss());
    meta.put("steps", result.steps());
    meta.put("stopReason", result.stopReason().name().toLowerCase(Locale.ROOT));
    meta.put("converged", result.stopReason() == StopReason.CONVERGED);
    meta.put("boundedSteps", result.boundedSteps());
    meta.put("seconds", result.seconds());
    return meta;
  }

  private static byte[] json(Map<String, Object> meta) {
    try {
      return JSON.writeValueAsString(meta).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The context of a mask must be plain JSON values", e);
    }
  }
}
