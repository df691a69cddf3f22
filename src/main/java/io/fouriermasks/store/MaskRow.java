package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.integer;
import static io.fouriermasks.store.Database.real;
import static io.fouriermasks.store.Database.time;
import static io.fouriermasks.store.Database.whole;

import io.fouriermasks.training.StopReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** How a mask is written in its table. */
final class MaskRow {

  private static final String INSERT =
      "insert into mask (kind, job_id, image_id, variant, model_id, label, label_name, prediction,"
          + " prediction_name, probability, clean_probability, unmasked_accuracy,"
          + " masked_accuracy, epochs, kept_epoch, sparsity, invariance, steps, stop_reason,"
          + " seconds, archive, plane, masked, input, source, created_at) values (:kind, :job, :image,"
          + " :variant, :model, :label, :labelName, :prediction, :predictionName, :probability,"
          + " :cleanProbability, :unmaskedAccuracy, :maskedAccuracy, :epochs, :keptEpoch,"
          + " :sparsity, :invariance, :steps, :stopReason, :seconds, :archive, :plane, :masked, :input,"
          + " :source, :now)";

  private MaskRow() {}

  /**
   * Writes a mask whose id is not known yet.
   *
   * @param source fingerprint of its file, or null
   * @return the mask with its id
   */
  static Mask insert(Handle handle, Mask mask, String source) {
    Update row =
        handle
            .createUpdate(INSERT)
            .bind("kind", mask.kind().name())
            .bind("job", mask.job())
            .bind("image", mask.image())
            .bind("variant", mask.variant())
            .bind("model", mask.model())
            .bind("sparsity", mask.result().sparsity())
            .bind("steps", mask.result().steps())
            .bind("stopReason", mask.result().stopReason().name())
            .bind("seconds", mask.result().seconds())
            .bind("archive", mask.files().archive())
            .bind("plane", mask.files().plane())
            .bind("masked", mask.files().masked())
            .bind("input", mask.files().input())
            .bind("source", source)
            .bind("now", time(mask.createdAt()));
    if (mask.result() instanceof Mask.ImageResult one) {
      bind(row, one);
    } else if (mask.result() instanceof Mask.ModelResult many) {
      bind(row, many);
    }
    long id = row.executeAndReturnGeneratedKeys("id").mapTo(long.class).one();
    return new Mask(
        id,
        mask.job(),
        mask.image(),
        mask.variant(),
        mask.model(),
        mask.result(),
        mask.files(),
        mask.createdAt());
  }

  private static void bind(Update row, Mask.ImageResult result) {
    row.bind("label", result.label())
        .bind("labelName", result.labelName())
        .bind("prediction", result.prediction())
        .bind("predictionName", result.predictionName())
        .bind("probability", result.probability())
        .bind("cleanProbability", result.cleanProbability())
        .bind("unmaskedAccuracy", (Double) null)
        .bind("maskedAccuracy", (Double) null)
        .bind("epochs", (Integer) null)
        .bind("keptEpoch", (Integer) null)
        .bind("invariance", result.invariance());
  }

  private static void bind(Update row, Mask.ModelResult result) {
    row.bind("label", result.label())
        .bind("labelName", result.labelName())
        .bind("prediction", (Integer) null)
        .bind("predictionName", (String) null)
        .bind("probability", (Double) null)
        .bind("cleanProbability", (Double) null)
        .bind("unmaskedAccuracy", result.unmaskedAccuracy())
        .bind("maskedAccuracy", result.maskedAccuracy())
        .bind("epochs", result.epochs())
        .bind("keptEpoch", result.keptEpoch())
        .bind("invariance", result.invariance());
  }

  static Mask read(ResultSet row, StatementContext context) throws SQLException {
    Mask.Kind kind = Mask.Kind.valueOf(row.getString("kind"));
    return new Mask(
        row.getLong("id"),
        whole(row, "job_id"),
        row.getString("image_id"),
        row.getString("variant"),
        row.getString("model_id"),
        kind == Mask.Kind.IMAGE_MASK ? imageResult(row) : modelResult(row),
        new Mask.Files(
            row.getString("archive"),
            row.getString("plane"),
            row.getString("masked"),
            row.getString("input")),
        instant(row, "created_at"));
  }

  private static Mask.ImageResult imageResult(ResultSet row) throws SQLException {
    return new Mask.ImageResult(
        row.getInt("label"),
        row.getString("label_name"),
        row.getInt("prediction"),
        row.getString("prediction_name"),
        row.getDouble("probability"),
        row.getDouble("clean_probability"),
        row.getDouble("sparsity"),
        row.getDouble("invariance"),
        row.getInt("steps"),
        StopReason.valueOf(row.getString("stop_reason")),
        row.getDouble("seconds"));
  }

  private static Mask.ModelResult modelResult(ResultSet row) throws SQLException {
    return new Mask.ModelResult(
        integer(row, "label"),
        row.getString("label_name"),
        real(row, "unmasked_accuracy"),
        real(row, "masked_accuracy"),
        row.getInt("epochs"),
        row.getInt("kept_epoch"),
        row.getDouble("sparsity"),
        real(row, "invariance"),
        row.getInt("steps"),
        StopReason.valueOf(row.getString("stop_reason")),
        row.getDouble("seconds"));
  }
}
