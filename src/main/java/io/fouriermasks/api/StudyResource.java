package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.StudyDocument;
import io.fouriermasks.job.StudyRequest;
import io.fouriermasks.job.StudyService;
import io.fouriermasks.job.Sweep;
import io.fouriermasks.store.Studies;
import io.fouriermasks.store.Study;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs that belong together. */
@Path("/api/studies")
@Tag(name = "Studies")
@Produces(MediaType.APPLICATION_JSON)
public class StudyResource {

  private final StudyService service;
  private final Studies studies;
  private final StudyViews views;
  private final StudyResults results;

  private final CurrentVisitor visitor;

  StudyResource(
      StudyService service,
      Studies studies,
      StudyViews views,
      StudyResults results,
      CurrentVisitor visitor) {
    this.visitor = visitor;
    this.results = results;
    this.service = service;
    this.studies = studies;
    this.views = views;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Submits jobs together, all or none. They are on disk when this answers.",
      description =
          "Either a list of jobs, or a sweep: architectures times augmentations times seeds, with a"
              + " training and masks of each. What a sweep asks for and was done before, or is under"
              + " way, is not done again.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      name = "StudyRequest",
                      oneOf = {StudyRequest.JobList.class, Sweep.class})))
  @APIResponse(
      responseCode = "202",
      description = "Accepted; Location names the study.",
      content = @Content(schema = @Schema(implementation = StudyViews.StudyView.class)))
  public Response submit(@NotNull String study) {
    return accepted(service.submit(StudyDocument.ofJson(study), visitor.actor()));
  }

  @POST
  @Consumes({"application/yaml", "application/x-yaml", "text/yaml"})
  @Operation(hidden = true)
  public Response submitYaml(@NotNull String study) {
    return accepted(service.submit(StudyDocument.ofYaml(study), visitor.actor()));
  }

  private Response accepted(Study study) {
    return Response.accepted(views.of(study))
        .location(URI.create("/api/studies/" + study.id()))
        .build();
  }

  @GET
  @Operation(summary = "Studies, newest first.")
  public Listing<StudyViews.StudyView> list(@BeanParam ListQuery query) {
    return Listing.of(studies.list(query.before(), query.limit()), views::of);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A study and how far its jobs are together.")
  public StudyViews.StudyView get(String id) {
    return views.of(studies.get(Ids.number("study", id)));
  }

  @GET
  @Path("{id}/specification")
  @Operation(summary = "What was asked for, to be asked for again with changes or without.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema =
                  @Schema(
                      name = "StudyRequest",
                      oneOf = {StudyRequest.JobList.class, Sweep.class})))
  public String specification(String id) {
    return studies.specification(Ids.number("study", id));
  }

  @GET
  @Path("{id}/results")
  @Operation(summary = "What the jobs of a study have come to, in its order.")
  public Listing<StudyResults.Result> results(String id) {
    return new Listing<>(results.of(studies.get(Ids.number("study", id))), null);
  }

  @GET
  @Path("{id}/results.csv")
  @Produces({"text/csv", Problem.MEDIA_TYPE})
  @Operation(summary = "The same as a table for other programs.")
  public Response table(String id) {
    Study study = studies.get(Ids.number("study", id));
    return Response.ok(StudyResults.csv(results.of(study)))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"study-%d.csv\"".formatted(study.id()))
        .build();
  }

  @POST
  @Path("{id}/cancel")
  @Operation(summary = "Cancels the jobs of a study that have not ended.")
  @APIResponse(
      responseCode = "202",
      description = "The study as it is now.",
      content = @Content(schema = @Schema(implementation = StudyViews.StudyView.class)))
  public Response cancel(String id) {
    return Response.accepted(views.of(service.cancel(Ids.number("study", id), visitor.actor())))
        .build();
  }
}
