package io.fouriermasks.api;

import io.fouriermasks.store.AuditEntry;
import io.fouriermasks.store.AuditLog;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what. */
@Path("/api/audit")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private final AuditLog audit;

  AuditResource(AuditLog audit) {
    this.audit = audit;
  }

  /** Something that somebody did, or was not let do. */
  @Schema(name = "AuditEntry")
  public record AuditView(
      String id,
      Instant at,
      @Schema(description = "Name of a user, `admin`, `local`, or `stranger` for a wrong token.")
          String actor,
      @Schema(description = "Such as `job-start`.") String action,
      @Schema(description = "Such as `job 12`, or null.") String subject,
      @Schema(description = "`done` or `refused`.") String outcome,
      String detail) {

    static AuditView of(AuditEntry entry) {
      return new AuditView(
          Long.toString(entry.id()),
          entry.at(),
          entry.actor(),
          label(entry.action()),
          entry.subject(),
          entry.outcome().name().toLowerCase(Locale.ROOT),
          entry.detail());
    }
  }

  @GET
  @Operation(summary = "Who did what, or was not let do it, newest first.")
  public Listing<AuditView> list(
      @QueryParam("actor") String actor,
      @QueryParam("action") String action,
      @BeanParam ListQuery query) {
    AuditLog.Filter filter =
        new AuditLog.Filter(actor == null || actor.isEmpty() ? null : actor, action(action));
    return Listing.of(audit.list(filter, query.before(), query.limit()), AuditView::of);
  }

  private static AuditEntry.Action action(String label) {
    if (label == null || label.isEmpty()) {
      return null;
    }
    return Arrays.stream(AuditEntry.Action.values())
        .filter(action -> label(action).equals(label))
        .findFirst()
        .orElseThrow(
            () -> {
              String all =
                  Arrays.stream(AuditEntry.Action.values())
                      .map(AuditResource::label)
                      .collect(Collectors.joining(", "));
              return new ProblemException(
                  Problem.ofField("action", "The action must be one of %s.".formatted(all)));
            });
  }

  private static String label(AuditEntry.Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
