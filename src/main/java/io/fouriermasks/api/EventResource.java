package io.fouriermasks.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.Jobs;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happens to jobs, as it happens. */
@Path("/api/events")
@Tag(name = "Events")
public class EventResource {

  private static final int MAX_JOBS = 50;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final EventSource.Parts parts;
  private final EventMeters meters;
  private final CurrentVisitor visitor;
  private final Vertx vertx;

  EventResource(
      Jobs jobs,
      JobEvents events,
      SharedEvents shared,
      JobFeed feed,
      JobViews views,
      ObjectMapper json,
      EventMeters meters,
      CurrentVisitor visitor,
      Vertx vertx) {
    this.visitor = visitor;
    this.meters = meters;
    this.vertx = vertx;
    this.parts = new EventSource.Parts(jobs, events, shared, feed, views, json);
  }

  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "A stream of server-sent events: a snapshot, then what happens.",
      description =
          "Events are `snapshot`, `point`, `mask`, `artefact`, `state` and `progress`. The id of"
              + " each is a cursor over all the jobs followed; `Last-Event-ID` continues after it"
              + " without gap or repeat.")
  public void follow(
      @Parameter(description = "Ids of the jobs, separated by commas, at most 50.")
          @QueryParam("jobs")
          String jobs,
      @Parameter(description = "`false` leaves out points and previews, for lists of jobs.")
          @QueryParam("curves")
          @DefaultValue("true")
          String curves,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context HttpServerResponse response,
      @Suspended AsyncResponse unanswered) {
    EventCursor cursor = EventCursor.parse(lastEventId).orElse(null);
    EventSource source = new EventSource(parse(jobs), cursor, parseCurves(curves), parts);
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        // a proxy that collects the answer before it hands it on would show nothing until the end
        .putHeader("X-Accel-Buffering", "no");
    EventStream.open(
        new EventWire(response, vertx),
        source,
        parts.feed(),
        Infrastructure.getDefaultWorkerPool(),
        HEARTBEAT,
        meters,
        visitor.mayStay());
  }

  private static boolean parseCurves(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new ProblemException(Problem.ofField("curves", "'curves' must be true or false."));
  }

  private List<Job> parse(String text) {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : (text == null ? "" : text).split(",", -1)) {
      if (!id.isBlank()) {
        ids.add(id.strip());
      }
    }
    if (ids.isEmpty() || ids.size() > MAX_JOBS) {
      throw new ProblemException(
          Problem.ofField("jobs", "'jobs' must name 1 to " + MAX_JOBS + " jobs."));
    }
    List<Job> jobs = new ArrayList<>();
    for (String id : ids) {
      jobs.add(parts.jobs().get(Ids.number("job", id)));
    }
    return jobs;
  }
}
