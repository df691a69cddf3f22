package io.fouriermasks.api;

import io.fouriermasks.store.Page;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** How every list is paged. */
public class ListQuery {

  private static final int MAX_LIMIT = 500;

  @Parameter(description = "Most items of the answer, 1 to 500.")
  @QueryParam("limit")
  @DefaultValue("100")
  String limit;

  @Parameter(description = "`next` of the page before.")
  @QueryParam("cursor")
  String cursor;

  int limit() {
    long value = number("limit", limit);
    if (value < 1 || value > MAX_LIMIT) {
      throw new ProblemException(
          Problem.ofField("limit", "'limit' must be 1 to " + MAX_LIMIT + "."));
    }
    return (int) value;
  }

  /** The cursor, {@link Page#START} without one. */
  long before() {
    return cursor == null || cursor.isEmpty() ? Page.START : number("cursor", cursor);
  }

  /** The cursor of a list that is counted from its beginning. */
  int offset() {
    long value = cursor == null || cursor.isEmpty() ? 0 : number("cursor", cursor);
    return (int) Math.min(Integer.MAX_VALUE, value);
  }

  static long number(String field, String text) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new ProblemException(
        Problem.ofField(field, "'%s' must be a number of at least 0.".formatted(field)));
  }

  /** A number that may be left out. */
  static Long optionalNumber(String field, String text) {
    return text == null || text.isEmpty() ? null : number(field, text);
  }
}
