package io.fouriermasks.job;

import io.fouriermasks.store.Image;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Predictions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** What the networks say about the pictures. */
@Singleton
public class Predictor {

  private static final Logger LOG = Logger.getLogger(Predictor.class);

  private final Models models;
  private final Predictions predictions;
  private final InputPictures inputs;
  private final FrozenNetworks networks;

  Predictor(Models models, Predictions predictions, InputPictures inputs, FrozenNetworks networks) {
    this.models = models;
    this.predictions = predictions;
    this.inputs = inputs;
    this.networks = networks;
  }

  /**
   * What one network says about one picture.
   *
   * @param logits one value a class
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Prediction(Model model, float[] logits) {}

  /**
   * The predictions of every network that can be used. Those whose weights can no longer be read
   * are left out.
   *
   * @throws EngineUnavailableException if something must be computed and the engine is not there
   */
  public List<Prediction> predict(Image image) {
    Map<String, float[]> known = predictions.ofImage(image.id());
    List<Prediction> all = new ArrayList<>();
    for (Model model : models.available()) {
      float[] logits = known.get(model.id());
      try {
        all.add(new Prediction(model, logits == null ? compute(image, model) : logits));
      } catch (JobFailedException e) {
        LOG.warnf("model %s cannot predict: %s", model.id(), e.getMessage());
      }
    }
    return all;
  }

  private float[] compute(Image image, Model model) {
    float[] input = inputs.read(image, model);
    float[] logits = networks.use(model, network -> network.logits(List.of(input))[0]);
    predictions.store(image.id(), model.id(), logits);
    return logits;
  }
}
