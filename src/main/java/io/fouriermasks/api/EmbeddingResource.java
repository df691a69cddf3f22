package io.fouriermasks.api;

import io.fouriermasks.analysis.Embedding;
import io.fouriermasks.job.MaskMap;
import io.fouriermasks.job.MaskMapComputation;
import io.fouriermasks.job.MaskMaps;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Maps of single-image masks: who lies beside whom. */
@Path("/api/embeddings")
@Tag(name = "Embeddings")
@Produces(MediaType.APPLICATION_JSON)
public class EmbeddingResource {

  private static final String ASK_AGAIN_SECONDS = "1";

  private final MaskMaps maps;
  private final Masks masks;
  private final Models models;
  private final Images images;

  EmbeddingResource(MaskMaps maps, Masks masks, Models models, Images images) {
    this.maps = maps;
    this.masks = masks;
    this.models = models;
    this.images = images;
  }

  /** A model whose masks can be put on a map. */
  @Schema(name = "EmbeddableModel", description = "A model that has masks of single images.")
  public record EmbeddableModel(ModelView model, int masks) {}

  /** How far the computation is. */
  @Schema(name = "EmbeddingProgress", description = "`of` is 0 where nothing is counted.")
  public record ProgressView(String state, MaskMapComputation.Phase phase, int done, int of) {}

  /** Why there is no map. */
  @Schema(name = "EmbeddingImpossible", description = "There are too few masks, or too many.")
  public record ImpossibleView(
      String state, int masks, Integer classes, int fewest, int most, String detail) {}

  /** A map. Coordinates have no unit. */
  @Schema(name = "Embedding", description = "A map of masks. Coordinates have no unit.")
  public record EmbeddingView(
      String state,
      List<String> classes,
      @Schema(description = "That UMAP took into account for each point.") int neighbours,
      long seed,
      ProbeView probe,
      List<MapPointView> points) {}

  /** The linear classifier whose logits are embedded; shares, 0 to 1. */
  @Schema(name = "Probe", description = "The classifier whose logits are embedded; shares, 0 to 1.")
  public record ProbeView(
      double trainAccuracy,
      double testAccuracy,
      @Schema(description = "With the labels in one random order.") double chanceAccuracy,
      int heldOut) {}

  /** A mask on the map. */
  @Schema(name = "EmbeddingPoint", description = "A mask on the map.")
  public record MapPointView(
      MaskView mask,
      String imageName,
      String className,
      @Schema(
              description =
                  "Whether the class is the photograph's; else it is the network's prediction.")
          boolean isTrueClass,
      double x,
      double y,
      @Schema(description = "Whether the classifier did not learn from it.") boolean heldOut) {}

  @GET
  @Path("models")
  @Operation(summary = "The models that have masks of single images, with their number.")
  public Listing<EmbeddableModel> embeddable() {
    Map<String, Integer> counts = masks.imageMaskCounts();
    return new Listing<>(
        models.available().stream()
            .filter(model -> counts.containsKey(model.id()))
            .map(model -> new EmbeddableModel(ModelView.of(model), counts.get(model.id())))
            .toList(),
        null);
  }

  @GET
  @Operation(
      summary = "The map of the single-image masks of some models.",
      description =
          "UMAP of the logits of a linear classifier trained on the masks. Computed once for each"
              + " set of masks: 202 with how far it is until it is there.")
  @APIResponse(
      responseCode = "200",
      description = "The map, or why there is none: `state` is `ready` or `impossible`.",
      content = @Content(schema = @Schema(implementation = EmbeddingView.class)))
  @APIResponse(
      responseCode = "202",
      description = "It is being computed; ask again.",
      content = @Content(schema = @Schema(implementation = ProgressView.class)))
  public Response get(
      @Parameter(description = "Ids of models; none means all.") @QueryParam("model")
          List<String> model,
      @Parameter(description = "Only models of this family.") @QueryParam("family") String family) {
    MaskMaps.State state = maps.of(chosen(model, family));
    if (state instanceof MaskMaps.Ready ready) {
      return Response.ok(view(ready.map())).build();
    }
    if (state instanceof MaskMaps.Progress progress) {
      return Response.accepted(
              new ProgressView("running", progress.phase(), progress.done(), progress.of()))
          .header(HttpHeaders.RETRY_AFTER, ASK_AGAIN_SECONDS)
          .build();
    }
    if (state instanceof MaskMaps.Impossible impossible) {
      return Response.ok(
              new ImpossibleView(
                  "impossible",
                  impossible.masks(),
                  impossible.classes(),
                  MaskMaps.FEWEST,
                  MaskMaps.MOST,
                  why(impossible)))
          .build();
    }
    throw new ProblemException(
        Problem.of(
            500,
            "The map could not be computed",
            "The server's log has the details. Cancel it to let it be tried again, with fewer"
                + " models if the memory was not enough."));
  }

  @DELETE
  @Operation(summary = "Ends the computation of a map. A map that is there stays.")
  public void cancel(@QueryParam("model") List<String> model, @QueryParam("family") String family) {
    maps.cancel(chosen(model, family));
  }

  private Collection<String> chosen(List<String> wanted, String family) {
    for (String id : wanted) {
      if (models.find(id).isEmpty()) {
        throw new ProblemException(
            Problem.ofField("model", "There is no model " + id + "; /api/models lists them."));
      }
    }
    List<String> chosen = new ArrayList<>();
    for (Model model : models.available()) {
      boolean isOfFamily = family == null || family.isEmpty() || model.family().equals(family);
      if (isOfFamily && (wanted.isEmpty() || wanted.contains(model.id()))) {
        chosen.add(model.id());
      }
    }
    return chosen;
  }

  private static String why(MaskMaps.Impossible impossible) {
    if (impossible.masks() > MaskMaps.MOST) {
      return "These are %d masks; at most %d fit on a map. Choose fewer models."
          .formatted(impossible.masks(), MaskMaps.MOST);
    }
    if (impossible.masks() < MaskMaps.FEWEST) {
      return "There are %d masks of single images here; a map needs at least %d, of two classes or more. Train masks of more photographs."
          .formatted(impossible.masks(), MaskMaps.FEWEST);
    }
    return "All %d masks are of one class; a map needs two or more. Train masks of photographs of other classes."
        .formatted(impossible.masks());
  }

  private EmbeddingView view(MaskMap map) {
    Map<String, String> names =
        images
            .byIds(map.masks().stream().map(it -> it.mask().image()).distinct().toList())
            .values()
            .stream()
            .collect(Collectors.toMap(Image::id, Image::name));
    List<MapPointView> points = new ArrayList<>();
    int heldOut = 0;
    for (int i = 0; i < map.masks().size(); i++) {
      MaskMap.Classed classed = map.masks().get(i);
      Mask mask = classed.mask();
      float[] at = map.embedding().points()[i];
      boolean isHeldOut = map.probe().heldOut()[i];
      heldOut += isHeldOut ? 1 : 0;
      points.add(
          new MapPointView(
              MaskView.of(mask),
              names.get(mask.image()),
              classed.className(),
              classed.isTrueClass(),
              at[0],
              at[1],
              isHeldOut));
    }
    return new EmbeddingView(
        "ready",
        map.classes(),
        map.embedding().neighbours(),
        Embedding.SEED,
        new ProbeView(
            map.probe().trainAccuracy(), map.probe().testAccuracy(), map.chanceAccuracy(), heldOut),
        points);
  }
}
