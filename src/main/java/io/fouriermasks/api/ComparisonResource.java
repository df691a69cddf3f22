package io.fouriermasks.api;

import io.fouriermasks.analysis.MaskComparison;
import io.fouriermasks.job.MaskPlanes;
import io.fouriermasks.report.ComparisonReport;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Masks side by side. */
@Path("/api/comparisons")
@Tag(name = "Comparisons")
@Produces(MediaType.APPLICATION_JSON)
public class ComparisonResource {

  private static final int MOST_MASKS = 24;

  private final Masks masks;
  private final Models models;
  private final MaskPlanes planes;
  private final Clock clock;
  private final String version;

  ComparisonResource(
      Masks masks,
      Models models,
      MaskPlanes planes,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.masks = masks;
    this.models = models;
    this.planes = planes;
    this.clock = clock;
    this.version = version;
  }

  /** The masks asked for and what they hold. */
  private record Chosen(List<Mask> masks, List<FourierMask> planes, int baseline) {

    int size() {
      return planes.get(0).size();
    }
  }

  @GET
  @Operation(summary = "Statistics, energies and differences of masks side by side.")
  public ComparisonView compare(
      @Parameter(description = "Ids, separated by commas, at most 24.") @QueryParam("masks")
          String ids,
      @Parameter(description = "Id of one of them; the first without it.") @QueryParam("baseline")
          String baseline) {
    Chosen chosen = chosen(ids, baseline);
    Set<String> modelIds = chosen.masks().stream().map(Mask::model).collect(Collectors.toSet());
    Map<String, Model> modelsById = models.byIds(modelIds);
    return ComparisonView.of(
        chosen.size(),
        chosen.masks(),
        modelsById,
        MaskComparison.of(chosen.planes(), chosen.baseline()));
  }

  @GET
  @Path("energies.csv")
  @Produces({"text/csv", Problem.MEDIA_TYPE})
  @Operation(summary = "Energies of masks in every band, and their differences from the baseline.")
  public Response energies(
      @QueryParam("masks") String ids, @QueryParam("baseline") String baseline) {
    Chosen chosen = chosen(ids, baseline);
    MaskComparison comparison = MaskComparison.of(chosen.planes(), chosen.baseline());
    return download(EnergyTable.csv(chosen.size(), chosen.masks(), comparison), "energies.csv");
  }

  @GET
  @Path("masks.npz")
  @Produces({"application/zip", Problem.MEDIA_TYPE})
  @Operation(
      summary =
          "Masks for NumPy: one array each, full plane, unshifted, float32, named mask_ID_MODEL.")
  public Response archive(@QueryParam("masks") String ids) {
    Chosen chosen = chosen(ids, null);
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < chosen.masks().size(); i++) {
      Mask mask = chosen.masks().get(i);
      arrays.put(
          "mask_%d_%s".formatted(mask.id(), mask.model().replaceAll("[^A-Za-z0-9]+", "_")),
          NpyArray.of(chosen.planes().get(i).fullPlane(), chosen.size(), chosen.size()));
    }
    return download(Npz.encode(arrays), "masks.npz");
  }

  @GET
  @Path("report.html")
  @Produces({MediaType.TEXT_HTML, Problem.MEDIA_TYPE})
  @Operation(summary = "Masks side by side as a page that needs nothing else.")
  public Response report(@QueryParam("masks") String ids, @QueryParam("baseline") String baseline) {
    Chosen chosen = chosen(ids, baseline);
    List<ComparisonReport.Entry> entries = new ArrayList<>();
    for (int i = 0; i < chosen.masks().size(); i++) {
      Mask mask = chosen.masks().get(i);
      Model model = models.get(mask.model());
      entries.add(
          new ComparisonReport.Entry(
              "%s %d".formatted(model.augmentation(), mask.id()),
              chosen.planes().get(i),
              MaskFacts.of(mask, model)));
    }
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Fourier masks", version);
    versions.put("Java", Runtime.version().toString());
    String page =
        new ComparisonReport(entries, chosen.baseline(), clock.instant(), versions).html();
    return download(page, "fourier-masks.html");
  }

  private Chosen chosen(String ids, String baseline) {
    Set<Long> wanted = parse(ids);
    List<Mask> found = new ArrayList<>();
    for (long id : wanted) {
      found.add(
          masks.find(id).orElseThrow(() -> invalid("masks", "There is no mask %d.".formatted(id))));
    }
    List<FourierMask> values = found.stream().map(planes::read).toList();
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i).size() != values.get(0).size()) {
        throw invalid(
            "masks",
            "Masks %d and %d differ in size: %d and %d."
                .formatted(
                    found.get(0).id(),
                    found.get(i).id(),
                    values.get(0).size(),
                    values.get(i).size()));
      }
    }
    Long reference = ListQuery.optionalNumber("baseline", baseline);
    int index = reference == null ? 0 : List.copyOf(wanted).indexOf(reference);
    if (index < 0) {
      throw invalid("baseline", "The baseline must be one of the masks.");
    }
    return new Chosen(found, values, index);
  }

  private static Set<Long> parse(String ids) {
    Set<Long> wanted = new LinkedHashSet<>();
    if (ids != null && !ids.isEmpty()) {
      for (String id : ids.split(",", -1)) {
        wanted.add(ListQuery.number("masks", id.strip()));
      }
    }
    if (wanted.isEmpty() || wanted.size() > MOST_MASKS) {
      throw invalid(
          "masks", "'masks' must name 1 to %d masks, separated by commas.".formatted(MOST_MASKS));
    }
    return wanted;
  }

  private static ProblemException invalid(String field, String detail) {
    return new ProblemException(Problem.ofField(field, detail));
  }

  private static Response download(Object content, String name) {
    return Response.ok(content)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }
}
