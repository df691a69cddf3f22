package io.fouriermasks.api;

import io.fouriermasks.job.MaskPlanes;
import io.fouriermasks.job.MaskedImages;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.MaskPicture;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Trained masks and their files. */
@Path("/api/masks")
@Tag(name = "Masks")
@Produces(MediaType.APPLICATION_JSON)
public class MaskResource {

  private static final String BYTES = "application/octet-stream";

  private final Masks masks;
  private final MaskPlanes planes;
  private final Files files;
  private final MaskedImages images;

  MaskResource(Masks masks, MaskPlanes planes, Files files, MaskedImages images) {
    this.masks = masks;
    this.planes = planes;
    this.files = files;
    this.images = images;
  }

  @GET
  @Operation(summary = "Masks, newest first.")
  public Listing<MaskView> list(
      @QueryParam("job") String job,
      @QueryParam("image") String image,
      @QueryParam("model") String model,
      @Parameter(description = "`image-mask`, `model-mask` or `class-mask`.") @QueryParam("kind")
          String kind,
      @BeanParam ListQuery query) {
    Masks.Filter filter =
        new Masks.Filter(
            ListQuery.optionalNumber("job", job), given(image), given(model), parseKind(kind));
    return Listing.of(masks.list(filter, query.before(), query.limit()), MaskView::of);
  }

  @GET
  @Path("{id: [0-9]+}")
  @Operation(summary = "A mask's facts.")
  public MaskView get(String id) {
    return MaskView.of(mask(id));
  }

  @GET
  @Path("{id: [0-9]+}.npy")
  @Produces({BYTES, Problem.MEDIA_TYPE})
  @Operation(summary = "The full plane for NumPy: 128 x 128 float32, unshifted.")
  public Response npy(String id, @Context Request request) {
    Mask mask = mask(id);
    Response response =
        files.immutable(
            mask.files().plane() + "-npy",
            BYTES,
            request,
            () -> {
              FourierMask plane = planes.read(mask);
              return NpyArray.of(plane.fullPlane(), plane.size(), plane.size()).encode();
            });
    return download(response, "mask-" + mask.id() + ".npy");
  }

  @GET
  @Path("{id: [0-9]+}.npz")
  @Produces({"application/zip", Problem.MEDIA_TYPE})
  @Operation(summary = "The mask, its curves and its metadata for NumPy.")
  public Response npz(String id, @Context Request request) {
    Mask mask = mask(id);
    return download(
        files.immutable(ArtefactType.NPZ, mask.files().archive(), request),
        "mask-" + mask.id() + ".npz");
  }

  @GET
  @Path("{id: [0-9]+}.bin")
  @Produces({BYTES, Problem.MEDIA_TYPE})
  @Operation(summary = "The full plane: float32 little endian, row-major, unshifted.")
  public Response bin(String id, @Context Request request) {
    return files.immutable(ArtefactType.BIN, mask(id).files().plane(), request);
  }

  @GET
  @Path("{id: [0-9]+}.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "A picture of the mask, 0 to 1 on a colour map.")
  public Response png(
      String id,
      @QueryParam("map") @DefaultValue("turbo") String map,
      @QueryParam("shift") @DefaultValue("true") String shift,
      @Context Request request) {
    ColorMap colors = ColorMapResource.parse("map", map);
    boolean isShifted = parseBoolean("shift", shift);
    Mask mask = mask(id);
    return files.immutable(
        mask.files().plane() + "-" + map + "-" + isShifted,
        "image/png",
        request,
        () -> MaskPicture.png(planes.read(mask), colors, isShifted));
  }

  @GET
  @Path("{id: [0-9]+}/input.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "The image that the mask was learned on: attacked, if its variant says so.")
  public Response input(String id, @Context Request request) {
    Mask mask = masks.get(Ids.number("mask", id));
    if (!images.canShow(mask)) {
      throw new ProblemException(Problem.of(404, "Not found", whyNoImage(mask)));
    }
    String tag = "input-" + (mask.files().input() == null ? mask.image() : mask.files().input());
    return files.immutable(tag, "image/png", request, () -> images.inputPng(mask));
  }

  @GET
  @Path("{id: [0-9]+}/masked.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "The image through the mask. Only masks of single images have one.")
  public Response masked(String id, @Context Request request) {
    Mask mask = mask(id);
    if (mask.files().masked() != null) {
      return files.immutable(ArtefactType.PNG, mask.files().masked(), request);
    }
    if (!images.canShow(mask)) {
      throw new ProblemException(Problem.of(404, "Not found", whyNoImage(mask)));
    }
    return files.immutable(
        mask.files().plane() + "-" + mask.image(),
        "image/png",
        request,
        () -> images.png(mask, planes.read(mask)));
  }

  private static String whyNoImage(Mask mask) {
    return mask.image() == null
        ? "Mask %d was learned over many images; there is none to show.".formatted(mask.id())
        : "Mask %d was learned on an attacked photograph, which is not kept.".formatted(mask.id());
  }

  private Mask mask(String id) {
    return masks.get(Ids.number("mask", id));
  }

  private static Response download(Response response, String name) {
    return Response.fromResponse(response)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }

  private static String given(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static Mask.Kind parseKind(String text) {
    if (given(text) == null) {
      return null;
    }
    return Arrays.stream(Mask.Kind.values())
        .filter(kind -> kind.urlName().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.ofField(
                        "kind", "'kind' must be image-mask, model-mask or class-mask.")));
  }

  static boolean parseBoolean(String field, String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new ProblemException(
        Problem.ofField(field, "'%s' must be true or false.".formatted(field)));
  }
}
