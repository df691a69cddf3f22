package io.fouriermasks.api;

import io.fouriermasks.analysis.MaskDifference;
import io.fouriermasks.job.MaskPlanes;
import io.fouriermasks.job.MaskedImages;
import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.MaskPicture;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What follows from a mask: its complement, its difference from another, images through it. */
@Path("/api/masks/{id: [0-9]+}")
@Tag(name = "Masks")
@Produces(MediaType.APPLICATION_JSON)
public class MaskPlaneResource {

  private static final String BYTES = "application/octet-stream";

  private final Masks masks;
  private final Models models;
  private final Images images;
  private final MaskPlanes planes;
  private final MaskedImages masked;
  private final Files files;

  MaskPlaneResource(
      Masks masks,
      Models models,
      Images images,
      MaskPlanes planes,
      MaskedImages masked,
      Files files) {
    this.masks = masks;
    this.models = models;
    this.images = images;
    this.planes = planes;
    this.masked = masked;
    this.files = files;
  }

  @GET
  @Path("complement.bin")
  @Produces({BYTES, Problem.MEDIA_TYPE})
  @Operation(
      summary =
          "1 where the mask keeps nothing, else 0: float32 little endian, row-major, unshifted.")
  public Response complement(String id, @Context Request request) {
    Mask mask = mask(id);
    return files.immutable(
        mask.files().plane() + "-complement",
        BYTES,
        request,
        () -> bytes(planes.read(mask).complement().fullPlane()));
  }

  @GET
  @Path("difference.bin")
  @Produces({BYTES, Problem.MEDIA_TYPE})
  @Operation(summary = "The mask minus the baseline: float32 little endian, row-major, unshifted.")
  public Response difference(
      String id, @QueryParam("baseline") String baseline, @Context Request request) {
    Mask mask = mask(id);
    Mask other = baseline(baseline);
    return files.immutable(
        mask.files().plane() + "-minus-" + other.files().plane(),
        BYTES,
        request,
        () -> bytes(uncentred(difference(mask, other))));
  }

  @GET
  @Path("difference.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(
      summary =
          "The mask minus the baseline as a picture, on a symmetric scale from -limit to limit.")
  public Response differencePicture(
      String id,
      @QueryParam("baseline") String baseline,
      @QueryParam("limit") @DefaultValue("1") String limit,
      @QueryParam("map") @DefaultValue("coolwarm") String map,
      @Context Request request) {
    Mask mask = mask(id);
    Mask other = baseline(baseline);
    float bound = positive("limit", limit);
    ColorMap colors = ColorMapResource.parse("map", map);
    return files.immutable(
        "%s-minus-%s-%s-%s".formatted(mask.files().plane(), other.files().plane(), bound, map),
        "image/png",
        request,
        () -> {
          MaskDifference difference = difference(mask, other);
          return MaskPicture.png(
              difference.values(), difference.size(), -bound, bound, colors, false);
        });
  }

  @GET
  @Path("through.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "Any image through the mask, or through its complement.")
  public Response through(
      String id,
      @QueryParam("image") String image,
      @QueryParam("complement") @DefaultValue("false") String complement,
      @Context Request request) {
    boolean isComplement = MaskResource.parseBoolean("complement", complement);
    Mask mask = mask(id);
    Image shown = image(image);
    Model model = models.get(mask.model());
    String tag =
        "%s-%s-%s-%s".formatted(mask.files().plane(), shown.input(), model.mean(), isComplement);
    return files.immutable(
        tag,
        "image/png",
        request,
        () -> {
          FourierMask plane = planes.read(mask);
          return masked.png(model, isComplement ? plane.complement() : plane, shown);
        });
  }

  /** What a network says about an image. */
  @Schema(name = "Outcome")
  public record OutcomeView(
      @Schema(description = "Index of the class.") int prediction,
      String className,
      @Schema(description = "Of that class.") double probability,
      @Schema(description = "One value a class.") List<Double> probabilities) {

    static OutcomeView of(float[] logits, List<String> classes) {
      int prediction = Logits.argmax(logits);
      double[] probabilities = Logits.probabilities(logits);
      return new OutcomeView(
          prediction,
          classes.get(prediction),
          probabilities[prediction],
          Arrays.stream(probabilities).boxed().toList());
    }
  }

  /** What a network says about an image with and without a mask. */
  @Schema(name = "Through")
  public record ThroughView(
      String mask,
      String image,
      List<String> classes,
      @Schema(description = "Of the image as it is.") OutcomeView unmasked,
      @Schema(description = "Of the image through the mask.") OutcomeView masked,
      @Schema(description = "Of the image through what the mask drops.") OutcomeView complement) {}

  @GET
  @Path("through")
  @Operation(summary = "What the mask's network says about any image with and without the mask.")
  public ThroughView predictions(String id, @QueryParam("image") String image) {
    Mask mask = mask(id);
    Image shown = image(image);
    Model model = models.get(mask.model());
    MaskedImages.Logits logits = masked.logits(model, planes.read(mask), shown);
    List<String> classes = model.classes();
    return new ThroughView(
        Long.toString(mask.id()),
        shown.id(),
        classes,
        OutcomeView.of(logits.unmasked(), classes),
        OutcomeView.of(logits.masked(), classes),
        OutcomeView.of(logits.complement(), classes));
  }

  private MaskDifference difference(Mask mask, Mask baseline) {
    FourierMask plane = planes.read(mask);
    FourierMask other = planes.read(baseline);
    if (plane.size() != other.size()) {
      throw new ProblemException(
          Problem.ofField(
              "baseline",
              "Mask %d has %d x %d frequencies, mask %d has %d x %d."
                  .formatted(
                      mask.id(),
                      plane.size(),
                      plane.size(),
                      baseline.id(),
                      other.size(),
                      other.size())));
    }
    return MaskDifference.of(plane, other);
  }

  /** From zero frequency in the middle to zero frequency first, as all .bin have it. */
  private static float[] uncentred(MaskDifference difference) {
    int size = difference.size();
    int centre = size / 2;
    float[] plane = new float[size * size];
    for (int i = 0; i < plane.length; i++) {
      int row = (i / size + centre) % size;
      int column = (i % size + centre) % size;
      plane[i] = difference.values()[row * size + column];
    }
    return plane;
  }

  private Mask mask(String id) {
    return masks.get(Ids.number("mask", id));
  }

  private Mask baseline(String id) {
    return masks
        .find(ListQuery.number("baseline", id == null ? "" : id))
        .orElseThrow(
            () -> new ProblemException(Problem.ofField("baseline", "There is no such mask.")));
  }

  private Image image(String id) {
    return images
        .find(id == null ? "" : id)
        .orElseThrow(
            () -> new ProblemException(Problem.ofField("image", "There is no such image.")));
  }

  private static float positive(String field, String text) {
    try {
      float value = Float.parseFloat(text);
      if (value > 0 && Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new ProblemException(
        Problem.ofField(field, "'%s' must be a number above 0.".formatted(field)));
  }

  private static byte[] bytes(float[] values) {
    return NpyArray.of(values, values.length).data();
  }
}
