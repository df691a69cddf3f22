package io.fouriermasks.job;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.List;

/** Where in a body something is, such as {@code jobs[3].model}. */
public final class JsonPath {

  private JsonPath() {}

  public static String of(List<Reference> path) {
    StringBuilder field = new StringBuilder();
    for (Reference step : path) {
      if (step.getFieldName() == null) {
        field.append('[').append(step.getIndex()).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return field.toString();
  }
}
