package io.fouriermasks.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.Jobs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** In what the specifications of jobs differ. */
@Path("/api/jobs/differences")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobDifferenceResource {

  private static final int MOST = 8;
  private static final String IMAGES = "images";

  private final Jobs jobs;
  private final Images images;
  private final JobViews views;
  private final ObjectMapper json;

  JobDifferenceResource(Jobs jobs, Images images, JobViews views, ObjectMapper json) {
    this.jobs = jobs;
    this.images = images;
    this.views = views;
    this.json = json;
  }

  /** What some jobs do not have in common. */
  @Schema(name = "JobDifferences", description = "What the specifications do not have in common.")
  public record DifferencesView(
      List<JobView> jobs,
      @Schema(description = "Names of the fields that all have alike.") List<String> same,
      List<Difference> differences) {}

  /** A field in which they differ. */
  @Schema(name = "JobDifference", description = "A field in which specifications differ.")
  public record Difference(
      String field,
      @Schema(description = "Of a list: how many of its entries all jobs have; else null.")
          Integer shared,
      @Schema(
              description =
                  "One a job, in the order of the jobs: the value, of a list what not all have;"
                      + " null where the field is not there.")
          List<JsonNode> values) {}

  @GET
  @Operation(summary = "In what the specifications of 2 to 8 jobs differ.")
  public DifferencesView get(
      @Parameter(description = "Ids, separated by commas.") @QueryParam("jobs") String ids) {
    List<Job> compared = parse(ids).stream().map(id -> jobs.get(Ids.number("job", id))).toList();
    List<Map<String, JsonNode>> specifications = compared.stream().map(this::fields).toList();
    Set<String> names = new LinkedHashSet<>();
    specifications.forEach(fields -> names.addAll(fields.keySet()));
    List<String> same = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      List<JsonNode> values = new ArrayList<>();
      specifications.forEach(fields -> values.add(fields.get(name)));
      if (new HashSet<>(values).size() == 1) {
        same.add(name);
      } else {
        differences.add(difference(name, values));
      }
    }
    return new DifferencesView(views.of(compared), same, differences);
  }

  private static Set<String> parse(String text) {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : (text == null ? "" : text).split(",", -1)) {
      if (!id.isBlank()) {
        ids.add(id.strip());
      }
    }
    if (ids.size() < 2 || ids.size() > MOST) {
      throw new ProblemException(
          Problem.ofField("jobs", "'jobs' must name 2 to " + MOST + " different jobs."));
    }
    return ids;
  }

  /** The fields of a specification, those of an object within by their path. */
  private Map<String, JsonNode> fields(Job job) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    collect("", json.valueToTree(job.specification()), fields);
    return fields;
  }

  /** Photographs are told apart by their ids and shown by their names. */
  private List<JsonNode> named(Set<JsonNode> ids) {
    Map<String, Image> known = images.byIds(ids.stream().map(JsonNode::asText).toList());
    return ids.stream()
        .map(JsonNode::asText)
        .map(id -> json.<JsonNode>valueToTree(known.containsKey(id) ? known.get(id).name() : id))
        .toList();
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> fields) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      if (entry.getValue().isObject()) {
        collect(name, entry.getValue(), fields);
      } else if (!entry.getValue().isNull()) {
        fields.put(name, entry.getValue());
      }
    }
  }

  private Difference difference(String name, List<JsonNode> values) {
    if (!values.stream().allMatch(value -> value != null && value.isArray())) {
      return new Difference(name, null, values);
    }
    List<Set<JsonNode>> lists =
        values.stream().<Set<JsonNode>>map(JobDifferenceResource::entries).toList();
    Set<JsonNode> shared = new LinkedHashSet<>(lists.get(0));
    lists.forEach(shared::retainAll);
    List<JsonNode> rest = new ArrayList<>();
    for (Set<JsonNode> list : lists) {
      list.removeAll(shared);
      rest.add(json.valueToTree(name.equals(IMAGES) ? named(list) : list));
    }
    return new Difference(name, shared.size(), rest);
  }

  private static Set<JsonNode> entries(JsonNode list) {
    Set<JsonNode> entries = new LinkedHashSet<>();
    StreamSupport.stream(list.spliterator(), false).forEach(entries::add);
    return entries;
  }
}
