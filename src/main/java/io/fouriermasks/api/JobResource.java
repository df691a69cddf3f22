package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.JobService;
import io.fouriermasks.job.Metric;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Page;
import io.fouriermasks.store.Previews;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Work. */
@Path("/api/jobs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {

  private static final int FEWEST_POINTS = 100;

  private final JobService service;
  private final Jobs jobs;
  private final JobEvents events;
  private final Previews previews;
  private final JobViews views;

  private final CurrentVisitor visitor;

  JobResource(
      JobService service,
      Jobs jobs,
      JobEvents events,
      Previews previews,
      JobViews views,
      CurrentVisitor visitor) {
    this.visitor = visitor;
    this.service = service;
    this.jobs = jobs;
    this.events = events;
    this.previews = previews;
    this.views = views;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Submits a job. It is on disk when this answers.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted; Location names the job.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  public Response submit(@NotNull JobSpecification specification) {
    return accepted(service.submit(specification, visitor.actor()));
  }

  @GET
  @Operation(summary = "Jobs, newest first.")
  public Listing<JobView> list(
      @QueryParam("state") String state,
      @QueryParam("kind") String kind,
      @QueryParam("model") String model,
      @QueryParam("study") String study,
      @BeanParam ListQuery query) {
    Jobs.Filter filter =
        new Jobs.Filter(
            JobParameters.state(state),
            JobParameters.kind(kind),
            model == null || model.isEmpty() ? null : model,
            ListQuery.optionalNumber("study", study));
    Page<Job> page = jobs.list(filter, query.before(), query.limit());
    return new Listing<>(views.of(page.items()), page.next());
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A job.")
  public JobView get(String id) {
    return views.of(job(id));
  }

  @GET
  @Path("{id}/points")
  @Operation(
      summary = "The values of a job's steps, in the order in which they were taken.",
      description =
          "With `most`, a longer answer is thinned: of each of a curve's buckets the points with the"
              + " lowest and the highest of each value that is drawn stay. A range that has no more"
              + " points is answered whole.")
  public Listing<PointView> points(
      String id,
      @QueryParam("series") String series,
      @QueryParam("image") String image,
      @QueryParam("metric") String metric,
      @Parameter(description = "The first step wanted.") @QueryParam("from") String from,
      @Parameter(description = "The last step wanted.") @QueryParam("to") String to,
      @Parameter(description = "About how many points at most, at least 100.") @QueryParam("most")
          String most) {
    Job job = job(id);
    requireMetric(job, metric);
    boolean isOne = metric != null && !metric.isEmpty();
    JobEvents.Steps steps =
        new JobEvents.Steps(step("from", from, 0), step("to", to, Integer.MAX_VALUE));
    List<PointView> points =
        events
            .ofKind(job.id(), JobEvent.Kind.POINT, index(job, series, image), steps, Long.MAX_VALUE)
            .stream()
            .map(event -> views.point(event, job.specification()))
            .map(point -> isOne ? point.only(metric) : point)
            .filter(point -> !point.values().isEmpty())
            .toList();
    Long limit = ListQuery.optionalNumber("most", most);
    if (limit == null) {
      return new Listing<>(points, null);
    }
    if (limit < FEWEST_POINTS) {
      throw new ProblemException(
          Problem.ofField("most", "'most' must be at least %d.".formatted(FEWEST_POINTS)));
    }
    Set<String> kept = isOne ? Set.of(metric) : CurveThinning.drawn(job.specification().kind());
    return new Listing<>(
        CurveThinning.thin(points, kept, (int) Math.min(limit, Integer.MAX_VALUE)), null);
  }

  private static int step(String field, String text, int otherwise) {
    Long step = ListQuery.optionalNumber(field, text);
    return step == null ? otherwise : (int) Math.min(step, Integer.MAX_VALUE);
  }

  @GET
  @Path("{id}/previews")
  @Operation(summary = "The masks of a job on their way.")
  public PreviewListing previews(
      String id, @QueryParam("series") String series, @QueryParam("image") String image) {
    Job job = job(id);
    List<JobEvent> found =
        events.ofKind(
            job.id(),
            JobEvent.Kind.MASK,
            index(job, series, image),
            JobEvents.Steps.ALL,
            Long.MAX_VALUE);
    return new PreviewListing(
        found.stream().map(event -> views.preview(event, job.specification())).toList(),
        previews.removed(job.id()));
  }

  @POST
  @Path("{id}/cancel")
  @Operation(summary = "Cancels a job, within one step if it runs.")
  @APIResponse(
      responseCode = "202",
      description = "The job as it is now.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  public Response cancel(String id) {
    Job job = service.cancel(jobId(id), visitor.actor());
    return Response.accepted(views.of(job)).build();
  }

  @POST
  @Path("{id}/pause")
  @Operation(summary = "Pauses a running job within one step; what it has reached is kept.")
  @APIResponse(
      responseCode = "202",
      description = "The job as it is now.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  public Response pause(String id) {
    return Response.accepted(views.of(service.pause(jobId(id), visitor.actor()))).build();
  }

  @POST
  @Path("{id}/resume")
  @Operation(summary = "Lets a paused job go on from where it was.")
  @APIResponse(
      responseCode = "202",
      description = "The job as it is now.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  public Response resume(String id) {
    return Response.accepted(views.of(service.resume(jobId(id), visitor.actor()))).build();
  }

  @POST
  @Path("{id}/retry")
  @Operation(summary = "Submits the specification of a job that has ended again.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted; Location names the new job.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  public Response retry(String id) {
    return accepted(service.retry(jobId(id), visitor.actor()));
  }

  private Response accepted(Job job) {
    return Response.accepted(views.of(job)).location(URI.create("/api/jobs/" + job.id())).build();
  }

  private Job job(String id) {
    return jobs.get(jobId(id));
  }

  private static long jobId(String id) {
    return Ids.number("job", id);
  }

  /** Which of the job's curves is meant; `image` is what `series` is of a job about images. */
  private static Integer index(Job job, String series, String image) {
    boolean isSeries = series != null && !series.isEmpty();
    String wanted = isSeries ? series : image;
    if (wanted == null || wanted.isEmpty()) {
      return null;
    }
    int index = JobViews.series(job.specification()).indexOf(wanted);
    if (index < 0) {
      String field = isSeries ? "series" : "image";
      throw new ProblemException(
          Problem.ofField(field, "The job has no %s %s.".formatted(field, wanted)));
    }
    return index;
  }

  private static void requireMetric(Job job, String metric) {
    List<String> names = Metric.of(job.specification().kind()).stream().map(Metric::name).toList();
    if (metric != null && !metric.isEmpty() && !names.contains(metric)) {
      throw new ProblemException(
          Problem.ofField("metric", "The metric must be one of " + String.join(", ", names) + "."));
    }
  }
}
