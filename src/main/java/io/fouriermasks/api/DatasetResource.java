package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.DatasetIntake;
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Image folders on the server. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {

  private final Datasets datasets;
  private final DatasetIntake intake;

  private final CurrentVisitor visitor;
  private final AuditLog audit;

  DatasetResource(Datasets datasets, DatasetIntake intake, CurrentVisitor visitor, AuditLog audit) {
    this.visitor = visitor;
    this.audit = audit;
    this.datasets = datasets;
    this.intake = intake;
  }

  @GET
  @Operation(summary = "The datasets: those of the samples, the uploaded ones, the data roots.")
  public Listing<DatasetView> list() {
    return new Listing<>(datasets.list().stream().map(DatasetView::of).toList(), null);
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      summary = "Takes in a dataset as .zip: folders of classes, or train and val with them.")
  @APIResponse(
      responseCode = "201",
      description = "Location names the dataset.",
      content = @Content(schema = @Schema(implementation = DatasetView.class)))
  public Response take(@RestForm("file") FileUpload file, @RestForm("name") String name) {
    if (file == null) {
      throw new ProblemException(
          Problem.ofField("file", "Send the .zip as the part 'file' of a form."));
    }
    Dataset taken = intake.take(file.uploadedFile(), name, visitor.actor());
    audit.done(new AuditLog.Deed(visitor.actor(), Action.DATASET_UPLOAD, "dataset " + taken.id()));
    return Response.created(URI.create("/api/datasets/" + taken.id()))
        .entity(DatasetView.of(taken))
        .build();
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A dataset with its splits and classes.")
  public DatasetView get(String id) {
    return DatasetView.of(datasets.get(id));
  }
}
