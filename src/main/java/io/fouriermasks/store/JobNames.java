package io.fouriermasks.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The words that a job is found by: one text in lower case, kept in its row. */
final class JobNames {

  private static final int MOST_CHARACTERS = 4000;

  private JobNames() {}

  /** Names of the model, the study, the pictures and the dataset, as they are now. */
  static String of(Handle handle, JobSpecification specification, String model, Long study) {
    List<String> names = new ArrayList<>();
    names.add(specification.kind().urlName());
    if (model != null) {
      names.add(model);
      names.addAll(names(handle, "select name from model where id in (<ids>)", List.of(model)));
    }
    if (study != null) {
      names.addAll(names(handle, "select name from study where id in (<ids>)", List.of(study)));
    }
    if (specification.dataset() != null) {
      names.add(specification.dataset());
    }
    if (!specification.imageIds().isEmpty()) {
      names.addAll(
          names(handle, "select name from image where id in (<ids>)", specification.imageIds()));
    }
    String text = String.join("\n", names).toLowerCase(Locale.ROOT);
    return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
  }

  private static List<String> names(Handle handle, String sql, List<?> ids) {
    return handle.createQuery(sql).bindList("ids", ids).mapTo(String.class).list();
  }
}
