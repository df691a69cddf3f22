package io.fouriermasks.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: what a network says of photographs. */
@Command(
    name = "predict",
    description = "Prints class, probabilities and logits of photographs.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private WeightsFile weightsFile;

  @Mixin private ImageFiles imageFiles;

  @Mixin private DeviceOption device;

  @Option(names = "--json", description = "print one JSON array instead of lines")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Weights weights = weightsFile.read();
    List<float[]> images = imageFiles.read(weights.card());
    Device target = device.get();
    List<Prediction> rows = new ArrayList<>();
    try (FrozenNetwork network = FrozenNetwork.of(weights, target)) {
      float[][] logits = network.logits(images);
      for (int i = 0; i < logits.length; i++) {
        rows.add(
            Prediction.of(
                imageFiles.paths().get(i).toString(), weights.card().classes(), logits[i]));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
    } else {
      for (Prediction row : rows) {
        out.printf("%s: %s %.3f%n", row.image(), row.className(), row.probability());
      }
    }
    return 0;
  }

  /** One photograph's line of the answer. */
  private record Prediction(
      String image,
      int prediction,
      String className,
      double probability,
      List<String> classes,
      List<Double> probabilities,
      List<Float> logits) {

    static Prediction of(String image, List<String> classes, float[] logits) {
      int prediction = Logits.argmax(logits);
      double[] probabilities = Logits.probabilities(logits);
      List<Float> boxed = new ArrayList<>();
      for (float logit : logits) {
        boxed.add(logit);
      }
      return new Prediction(
          image,
          prediction,
          classes.get(prediction),
          probabilities[prediction],
          classes,
          Arrays.stream(probabilities).boxed().toList(),
          boxed);
    }
  }
}
