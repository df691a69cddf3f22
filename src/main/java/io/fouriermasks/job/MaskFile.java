package io.fouriermasks.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.Devices;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.StopReason;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The .npz of a mask: {@code mask} (size x size, unshifted), {@code invariance} and {@code
 * sparsity} (one value a step, before the step) and {@code meta} (UTF-8 JSON).
 */
final class MaskFile {

  private MaskFile() {}

  private record Meta(
      JobSpecification specification,
      String image,
      String imageName,
      String model,
      int label,
      String labelName,
      int prediction,
      String predictionName,
      float[] cleanLogits,
      float[] maskedLogits,
      double cleanLoss,
      int steps,
      StopReason stopReason,
      int boundedSteps,
      double seconds,
      String device,
      String engine) {}

  static byte[] encode(MaskRecorder.Task task, int index, ImageMask result, ObjectMapper json) {
    Image image = task.images().get(index);
    Meta meta =
        new Meta(
            task.job().specification(),
            image.id(),
            image.name(),
            task.model().id(),
            result.label(),
            task.model().classes().get(result.label()),
            result.prediction(),
            task.model().classes().get(result.prediction()),
            result.cleanLogits(),
            result.maskedLogits(),
            result.cleanLoss(),
            result.steps(),
            result.stopReason(),
            result.boundedSteps(),
            result.seconds(),
            Devices.name(task.network().device()),
            Devices.engineVersion());
    int size = result.mask().size();
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("mask", NpyArray.of(result.mask().fullPlane(), size, size));
    arrays.put("invariance", NpyArray.of(result.invariance(), result.steps()));
    arrays.put("sparsity", NpyArray.of(result.sparsity(), result.steps()));
    try {
      arrays.put("meta", NpyArray.of(json.writeValueAsBytes(meta)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return Npz.encode(arrays);
  }
}
