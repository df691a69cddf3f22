package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.ModelImport;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.WeightFiles;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.file.Files;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Weights that come in and go out. */
@Path("/api/models")
@Tag(name = "Models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelFileResource {

  private final Models models;
  private final WeightFiles files;
  private final ModelImport intake;

  private final CurrentVisitor visitor;
  private final AuditLog audit;

  ModelFileResource(
      Models models,
      WeightFiles files,
      ModelImport intake,
      CurrentVisitor visitor,
      AuditLog audit) {
    this.visitor = visitor;
    this.audit = audit;
    this.models = models;
    this.files = files;
    this.intake = intake;
  }

  @GET
  @Path("{id}/weights")
  @Produces({"application/octet-stream", Problem.MEDIA_TYPE})
  @Operation(summary = "The weights as safetensors, with torchvision's names.")
  public Response weights(String id) {
    Model model = models.get(id);
    files.bring(model);
    if (!Files.isReadable(model.file())) {
      throw new ProblemException(
          Problem.of(404, "Not found", "The weights of the model %s are gone.".formatted(id)));
    }
    return Response.ok(model.file().toFile())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.safetensors\"".formatted(model.id()))
        .build();
  }

  @GET
  @Path("{id}/record")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @Operation(summary = "How the model was trained: settings, and one value an epoch.")
  public Response record(String id) {
    java.nio.file.Path record = ModelImport.record(models.get(id));
    if (!Files.isReadable(record)) {
      throw new ProblemException(
          Problem.of(
              404, "Not found", "The model %s has no record of its training.".formatted(id)));
    }
    return Response.ok(record.toFile()).build();
  }

  @POST
  @Path("import")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(summary = "Takes in weights (safetensors with this program's metadata) as a model.")
  @APIResponse(
      responseCode = "201",
      description = "Location names the model.",
      content = @Content(schema = @Schema(implementation = ModelView.class)))
  public Response take(@RestForm("file") FileUpload file, @RestForm("family") String family) {
    if (file == null) {
      throw new ProblemException(
          Problem.ofField("file", "Send the weights as the part 'file' of a form."));
    }
    Model model =
        intake.take(file.uploadedFile(), family == null ? "imported" : family, visitor.actor());
    audit.done(new AuditLog.Deed(visitor.actor(), Action.MODEL_IMPORT, "model " + model.id()));
    return Response.created(URI.create("/api/models/" + model.id()))
        .entity(ModelView.of(model))
        .build();
  }
}
