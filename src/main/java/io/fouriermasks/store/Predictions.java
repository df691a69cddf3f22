package io.fouriermasks.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** What the networks said about the pictures: logits, kept so that each is computed once. */
@Singleton
public class Predictions {

  private final Jdbi jdbi;
  private final ObjectMapper json;

  public Predictions(Jdbi jdbi, ObjectMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  /** The logits that are known for a picture, by the id of the model. */
  public Map<String, float[]> ofImage(String image) {
    Map<String, float[]> known = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select model_id, logits from prediction where image_id = :image")
                .bind("image", image)
                .map((row, context) -> Map.entry(row.getString(1), logits(row.getString(2))))
                .forEach(entry -> known.put(entry.getKey(), entry.getValue())));
    return known;
  }

  /** Keeps a model's logits for a picture. */
  public void store(String image, String model, float[] logits) {
    try {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(
                      "insert into prediction (image_id, model_id, logits)"
                          + " values (:image, :model, :logits)")
                  .bind("image", image)
                  .bind("model", model)
                  .bind("logits", write(logits))
                  .execute());
    } catch (UnableToExecuteStatementException e) {
      // two requests may compute the same prediction at once; either answer will do
      if (!Database.isDuplicate(e)) {
        throw e;
      }
    }
  }

  private float[] logits(String text) {
    try {
      return json.readValue(text, float[].class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String write(float[] logits) {
    try {
      return json.writeValueAsString(logits);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
