package io.fouriermasks.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went wrong, as RFC 9457 writes it.
 *
 * @param type always {@code about:blank}: the status says it
 * @param title the status in words
 * @param status of HTTP
 * @param detail a sentence for the user
 * @param field the part of the request at fault, or null
 */
@Schema(description = "What went wrong (RFC 9457).")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String field) {

  /** How HTTP names it. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, null);
  }

  static Problem ofField(String field, String detail) {
    return new Problem("about:blank", "The request is not valid", 400, detail, field);
  }
}
