package io.fouriermasks.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The files in which a mask leaves the program. An .npz has the arrays {@code mask} (full plane,
 * unshifted, float32), {@code invariance} and {@code sparsity}, and {@code meta} (JSON as UTF-8
 * bytes).
 *
 * <p>Of a single-image mask the curves have one value a step, taken before the step. Of a
 * whole-model or class mask they have one value an epoch: the mean invariance of its steps, the
 * sparsity at its end; there is also {@code accuracy}, the share of the images classified right
 * through the mask at its end.
 */
public final class MaskArchive {

  private static final String MASK = "mask";
  private static final String INVARIANCE = "invariance";
  private static final String SPARSITY = "sparsity";
  private static final String ACCURACY = "accuracy";
  private static final String META = "meta";

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
    arrays.put(MASK, NpyArray.of(result.mask().fullPlane(), size, size));
    arrays.put(INVARIANCE, NpyArray.of(result.invariance(), result.steps()));
    arrays.put(SPARSITY, NpyArray.of(result.sparsity(), result.steps()));
    arrays.put(META, NpyArray.of(json(meta(result, context))));
    return Npz.encode(arrays);
  }

  /**
   * The whole archive of a whole-model or class mask.
   *
   * @param context as for a single-image mask
   */
  public static byte[] npz(ModelMask result, ModelMaskSettings settings, Map<String, ?> context) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    int size = result.mask().size();
    arrays.put(MASK, NpyArray.of(result.mask().fullPlane(), size, size));
    arrays.put(INVARIANCE, NpyArray.of(result.invariance(), result.epochs()));
    arrays.put(SPARSITY, NpyArray.of(result.sparsity(), result.epochs()));
    arrays.put(ACCURACY, NpyArray.of(result.accuracy(), result.epochs()));
    arrays.put(META, NpyArray.of(json(meta(result, settings, context))));
    return Npz.encode(arrays);
  }

  /**
   * Everything in an archive.
   *
   * @throws IllegalArgumentException saying what is wrong if the file is no archive of a mask, or
   *     damaged
   */
  public static ArchivedMask read(byte[] file) {
    Map<String, NpyArray> arrays;
    try {
      arrays = Npz.decode(file);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("The .npz file has an array of impossible size", e);
    }
    return new ArchivedMask(
        square(arrays.get(MASK)),
        curve(arrays, INVARIANCE),
        curve(arrays, SPARSITY),
        curve(arrays, ACCURACY),
        meta(arrays.get(META)));
  }

  /**
   * The mask of an archive, or of a .npy file.
   *
   * @throws IllegalArgumentException if the file is neither, or holds no square mask of values in
   *     [0, 1]
   */
  public static FourierMask readMask(byte[] file) {
    return square(
        file.length > 0 && file[0] == 'P' ? Npz.decode(file).get(MASK) : NpyArray.decode(file));
  }

  private static FourierMask square(NpyArray array) {
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

  private static float[] curve(Map<String, NpyArray> arrays, String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      return new float[0];
    }
    if (array.shape().size() != 1) {
      throw new IllegalArgumentException(
          "The array '%s' must have one axis, not the shape %s".formatted(name, array.shape()));
    }
    return array.floats();
  }

  private static JsonNode meta(NpyArray array) {
    if (array == null) {
      throw new IllegalArgumentException("The file holds no '%s'".formatted(META));
    }
    try {
      JsonNode meta = JSON.readTree(array.data());
      if (meta.isObject()) {
        return meta;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("The '%s' of the file is no JSON".formatted(META), e);
    }
    throw new IllegalArgumentException("The '%s' of the file is no JSON object".formatted(META));
  }

  private static Map<String, Object> meta(
      ModelMask result, ModelMaskSettings settings, Map<String, ?> context) {
    Map<String, Object> meta = new LinkedHashMap<>(context);
    meta.put("preset", settings.preset());
    meta.put("settings", settings);
    meta.put("seed", settings.seed());
    meta.put("unmaskedAccuracy", finite(result.unmaskedAccuracy()));
    meta.put("maskedAccuracy", finite(result.maskedAccuracy()));
    meta.put("keptEpoch", result.keptEpoch());
    meta.put("epochs", result.epochs());
    meta.put("steps", result.steps());
    meta.put("stopReason", result.stopReason().name().toLowerCase(Locale.ROOT));
    meta.put("converged", result.converged());
    meta.put("boundedSteps", result.boundedSteps());
    meta.put("seconds", result.seconds());
    return meta;
  }

  /** JSON has no NaN. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
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
