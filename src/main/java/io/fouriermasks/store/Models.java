package io.fouriermasks.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The trained networks. A row outlives its file, so that old jobs can still name their model. */
@Singleton
public class Models {

  private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

  private static final String UPDATE =
      "update model set name = :name, family = :family, architecture = :architecture,"
          + " augmentation = :augmentation, classes = :classes, accuracy = :accuracy,"
          + " parameters = :parameters, mean = :mean, std = :std, size = :size, file = :file,"
          + " fingerprint = :fingerprint, available = not exists (select 1 from deletion"
          + " where deletion.kind = 'MODEL' and deletion.id = model.id) where id = :id";

  private static final String INSERT =
      "insert into model (id, name, family, architecture, augmentation, classes, accuracy,"
          + " parameters, mean, std, size, file, fingerprint, available) values (:id, :name,"
          + " :family, :architecture, :augmentation, :classes, :accuracy, :parameters, :mean,"
          + " :std, :size, :file, :fingerprint, true)";

  /** The order of the method: what the others are compared with comes first. */
  private static final String PLAIN_FIRST =
      "case augmentation when 'n' then 0 when 'adv' then 1 when 'sn' then 2 when 'tn' then 3"
          + " when 'rn' then 4 else 5 end";

  private final Jdbi jdbi;
  private final ObjectMapper json;

  /** Where a file is on this machine. */
  private final UnaryOperator<Path> here;

  @Inject
  public Models(Jdbi jdbi, ObjectMapper json, WeightFiles files) {
    this(jdbi, json, files::here);
  }

  Models(Jdbi jdbi, ObjectMapper json, UnaryOperator<Path> here) {
    this.jdbi = jdbi;
    this.json = json;
    this.here = here;
  }

  /**
   * Makes these the networks that can be used. What was predicted with another file of the same
   * name is forgotten.
   */
  public void replaceAll(Collection<Model> models) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("update model set available = false");
          for (Model model : models) {
            handle
                .createUpdate(
                    "delete from prediction where model_id in (select id from model"
                        + " where id = :id and fingerprint <> :fingerprint)")
                .bind("id", model.id())
                .bind("fingerprint", model.fingerprint())
                .execute();
            if (write(handle, model, UPDATE) == 0) {
              write(handle, model, INSERT);
            }
          }
        });
  }

  private int write(Handle handle, Model model, String sql) {
    return handle
        .createUpdate(sql)
        .bind("id", model.id())
        .bind("name", model.name())
        .bind("family", model.family())
        .bind("architecture", model.architecture())
        .bind("augmentation", model.augmentation())
        .bind("classes", write(model.classes()))
        .bind("accuracy", model.accuracy())
        .bind("parameters", model.parameters())
        .bind("mean", (double) model.mean())
        .bind("std", (double) model.std())
        .bind("size", model.size())
        .bind("file", model.file().toString())
        .bind("fingerprint", model.fingerprint())
        .execute();
  }

  /** The networks that can be used, by family, architecture and augmentation, plain first. */
  public Page<Model> list(int offset, int limit) {
    List<Model> rows =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from model where available order by family, architecture, "
                            + PLAIN_FIRST
                            + ", id limit :limit offset :offset")
                    .bind("limit", limit + 1)
                    .bind("offset", offset)
                    .map(this::model)
                    .list());
    return Page.of(rows, limit, last -> (long) offset + limit);
  }

  /** All networks that can be used. */
  public List<Model> available() {
    return list(0, Integer.MAX_VALUE - 1).items();
  }

  /** The network, whether or not its file is still there. */
  public Optional<Model> find(String id) {
    return Optional.ofNullable(byIds(List.of(id)).get(id));
  }

  /**
   * The network, whether or not its file is still there.
   *
   * @throws UnknownIdException if there is none
   */
  public Model get(String id) {
    return find(id).orElseThrow(() -> new UnknownIdException("model", id));
  }

  /** Those of the networks that are known, by id. */
  public Map<String, Model> byIds(Collection<String> ids) {
    Map<String, Model> found = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery("select * from model where id in (<ids>)")
                  .bindList("ids", List.copyOf(ids))
                  .map(this::model)
                  .forEach(model -> found.put(model.id(), model)));
    }
    return found;
  }

  private Model model(ResultSet row, StatementContext context) throws SQLException {
    return new Model(
        row.getString("id"),
        row.getString("name"),
        row.getString("family"),
        row.getString("architecture"),
        row.getString("augmentation"),
        names(row.getString("classes")),
        Database.real(row, "accuracy"),
        row.getLong("parameters"),
        (float) row.getDouble("mean"),
        (float) row.getDouble("std"),
        row.getInt("size"),
        here.apply(Path.of(row.getString("file"))),
        row.getString("fingerprint"));
  }

  private List<String> names(String text) {
    try {
      return json.readValue(text, NAMES);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String write(List<String> names) {
    try {
      return json.writeValueAsString(names);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
