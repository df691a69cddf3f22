package io.fouriermasks.api;

import io.fouriermasks.job.Metric;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobTable;
import io.fouriermasks.store.JobTable.Grouping;
import io.fouriermasks.store.JobTable.Order;
import io.fouriermasks.store.JobTable.Place;
import io.fouriermasks.store.Page;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs as rows of a table: filtered, searched, sorted, and put together. */
@Path("/api/jobs/table")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobTableResource {

  private final JobTable table;
  private final JobRows rows;

  JobTableResource(JobTable table, JobRows rows) {
    this.table = table;
    this.rows = rows;
  }

  /** Which jobs are wanted. */
  public static class FilterQuery {

    @QueryParam("state")
    String state;

    @QueryParam("kind")
    String kind;

    @QueryParam("model")
    String model;

    @QueryParam("study")
    String study;

    @Parameter(description = "Part of the name of a model, study, photograph or dataset.")
    @QueryParam("q")
    String text;

    JobTable.Filter filter() {
      return new JobTable.Filter(
          JobParameters.state(state),
          JobParameters.kind(kind),
          given(model),
          ListQuery.optionalNumber("study", study),
          given(text == null ? null : text.strip()));
    }
  }

  /** Rows of the table. */
  public record RowsView(List<JobRows.Row> items, String next, long total) {}

  @GET
  @Operation(
      summary = "Rows of the table of jobs.",
      description =
          "`best` and `last` need a `metric`; `best` begins with the best value that each job has"
              + " had. Jobs that do not have what is compared are left out.")
  public RowsView rows(
      @BeanParam FilterQuery wanted,
      @Parameter(description = "`newest`, `best`, `last`, `longest` or `shortest`.")
          @QueryParam("sort")
          @DefaultValue("newest")
          String sort,
      @QueryParam("metric") String metric,
      @BeanParam ListQuery query) {
    JobTable.Filter filter = wanted.filter();
    Page<Long> page = table.list(filter, order(sort, metric), place(query), query.limit());
    return new RowsView(rows.of(page.items()), page.next(), table.count(filter));
  }

  @GET
  @Path("groups")
  @Operation(summary = "The wanted jobs put together by model or study, the newest first.")
  public Listing<JobRows.GroupRow> groups(
      @BeanParam FilterQuery wanted,
      @Parameter(description = "`model` or `study`.") @QueryParam("by") @DefaultValue("model")
          String by) {
    Grouping grouping =
        switch (by) {
          case "model" -> Grouping.MODEL;
          case "study" -> Grouping.STUDY;
          default ->
              throw new ProblemException(Problem.ofField("by", "'by' must be model or study."));
        };
    return new Listing<>(rows.of(table.groups(wanted.filter(), grouping), grouping), null);
  }

  private static Order order(String sort, String metric) {
    return switch (sort) {
      case "newest" -> new Order.Newest();
      case "longest" -> new Order.Duration(true);
      case "shortest" -> new Order.Duration(false);
      case "best" -> best(metric(metric));
      case "last" -> {
        Metric chosen = metric(metric);
        yield new Order.Last(chosen.name(), chosen.best() != Metric.Best.HIGH);
      }
      default ->
          throw new ProblemException(
              Problem.ofField("sort", "'sort' must be newest, best, last, longest or shortest."));
    };
  }

  private static Order best(Metric metric) {
    if (metric.best() == null) {
      throw new ProblemException(
          Problem.ofField(
              "metric",
              "No value of '%s' is better than another: sort by the last one."
                  .formatted(metric.name())));
    }
    return metric.best() == Metric.Best.LOW
        ? new Order.Lowest(metric.name())
        : new Order.Highest(metric.name());
  }

  private static Metric metric(String name) {
    List<Metric> all = metrics();
    Optional<Metric> known = all.stream().filter(metric -> metric.name().equals(name)).findFirst();
    return known.orElseThrow(
        () ->
            new ProblemException(
                Problem.ofField(
                    "metric",
                    "To sort by it, 'metric' must be one of "
                        + String.join(", ", all.stream().map(Metric::name).distinct().toList())
                        + ".")));
  }

  private static List<Metric> metrics() {
    return Arrays.stream(JobSpecification.Kind.values())
        .flatMap(kind -> Metric.of(kind).stream())
        .toList();
  }

  private static Place place(ListQuery query) {
    if (given(query.cursor) == null) {
      return null;
    }
    try {
      return Place.of(query.cursor);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.ofField("cursor", "'cursor' must be the 'next' of the page before."));
    }
  }

  private static String given(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
