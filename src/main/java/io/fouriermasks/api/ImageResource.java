package io.fouriermasks.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.ImageIntake;
import io.fouriermasks.job.IntakeResult;
import io.fouriermasks.job.Predictor;
import io.fouriermasks.network.Logits;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.LabConfig;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Pictures. */
@Path("/api/images")
@Tag(name = "Images")
@Produces(MediaType.APPLICATION_JSON)
public class ImageResource {

  private final ImageIntake intake;
  private final Images images;
  private final Predictor predictor;
  private final Files files;
  private final UploadMeters meters;
  private final int maxFiles;

  private final CurrentVisitor visitor;

  ImageResource(
      ImageIntake intake,
      Images images,
      Predictor predictor,
      Files files,
      UploadMeters meters,
      LabConfig config,
      CurrentVisitor visitor) {
    this.visitor = visitor;
    this.intake = intake;
    this.images = images;
    this.predictor = predictor;
    this.files = files;
    this.meters = meters;
    this.maxFiles = config.uploads().maxFiles();
  }

  /** What became of each file of an upload, in the order sent. */
  public record Uploaded(List<UploadedFile> files) {}

  /** What became of one file: an image, or why not. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UploadedFile(String name, ImageView image, Refusal problem) {

    static UploadedFile of(IntakeResult result) {
      if (result instanceof IntakeResult.Refused refused) {
        return new UploadedFile(
            refused.name(), null, new Refusal(refused.title(), refused.detail()));
      }
      IntakeResult.Stored stored = (IntakeResult.Stored) result;
      return new UploadedFile(stored.name(), ImageView.of(stored.image()), null);
    }
  }

  /** Why a file was refused. */
  public record Refusal(String title, String detail) {}

  /** What a network says about a picture. */
  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  public record PredictionView(
      ModelView model,
      float[] logits,
      double[] probabilities,
      @Schema(description = "Index of the most probable class.") int prediction,
      String className,
      @Schema(description = "Of the most probable class.") double probability) {

    static PredictionView of(Predictor.Prediction prediction) {
      int index = Logits.argmax(prediction.logits());
      double[] probabilities = Logits.probabilities(prediction.logits());
      return new PredictionView(
          ModelView.of(prediction.model()),
          prediction.logits(),
          probabilities,
          index,
          prediction.model().classes().get(index),
          probabilities[index]);
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(summary = "Stores PNG and JPEG files, the parts named `files`.")
  @APIResponse(
      responseCode = "200",
      description = "At least one was stored.",
      content = @Content(schema = @Schema(implementation = Uploaded.class)))
  @APIResponse(
      responseCode = "422",
      description = "None was stored.",
      content = @Content(schema = @Schema(implementation = Uploaded.class)))
  public Response upload(@RestForm("files") List<FileUpload> parts) {
    if (parts == null || parts.isEmpty()) {
      throw new ProblemException(
          Problem.ofField("files", "The request has no part named 'files' with a file."));
    }
    if (parts.size() > maxFiles) {
      throw new ProblemException(
          Problem.of(
              413,
              "The request is too large",
              "Send at most %d files in one request.".formatted(maxFiles)));
    }
    List<IntakeResult> results =
        intake.takeAll(
            parts.stream()
                .map(part -> new ImageIntake.Upload(part.fileName(), part.filePath()))
                .toList(),
            visitor.actor());
    meters.count(results);
    boolean isStored = results.stream().anyMatch(IntakeResult.Stored.class::isInstance);
    return Response.status(isStored ? 200 : 422)
        .entity(new Uploaded(results.stream().map(UploadedFile::of).toList()))
        .build();
  }

  @GET
  @Operation(summary = "Pictures, newest first.")
  public Listing<ImageView> list(@BeanParam ListQuery query) {
    return Listing.of(images.list(query.before(), query.limit()), ImageView::of);
  }

  @GET
  @Path("{id: [0-9a-zA-Z_-]+}")
  @Operation(summary = "A picture's facts.")
  public ImageView get(String id) {
    return ImageView.of(images.get(id));
  }

  @GET
  @Path("{id: [0-9a-zA-Z_-]+}.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "The upright picture.")
  public Response picture(String id, @Context Request request) {
    return files.immutable(ArtefactType.PNG, images.get(id).picture(), request);
  }

  @GET
  @Path("{id: [0-9a-zA-Z_-]+}/input.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "128 x 128 gray levels: what a network is given.")
  public Response input(String id, @Context Request request) {
    return files.immutable(ArtefactType.PNG, images.get(id).input(), request);
  }

  @GET
  @Path("{id: [0-9a-zA-Z_-]+}/predictions")
  @Operation(summary = "What every network says about it; 503 while the engine loads.")
  public Listing<PredictionView> predictions(String id) {
    return new Listing<>(
        predictor.predict(images.get(id)).stream().map(PredictionView::of).toList(), null);
  }
}
