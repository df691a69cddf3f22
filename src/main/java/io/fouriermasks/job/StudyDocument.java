package io.fouriermasks.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fouriermasks.store.JobSpecification;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a study is written: as JSON or YAML. A field that nothing is known of is refused, because a
 * misspelt setting would else be the default for hours.
 */
public final class StudyDocument {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private StudyDocument() {}

  /**
   * Reads JSON.
   *
   * @throws InvalidSpecificationException if it is no study; the field is where, or null
   */
  public static StudyRequest ofJson(String text) {
    return read(JSON, text);
  }

  /**
   * Reads YAML.
   *
   * @throws InvalidSpecificationException if it is no study; the field is where, or null
   */
  public static StudyRequest ofYaml(String text) {
    return read(YAML, text);
  }

  private static StudyRequest read(ObjectMapper format, String text) {
    JsonNode document;
    try {
      document = format.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidSpecificationException(null, syntax(e));
    }
    if (!(document instanceof ObjectNode request)) {
      throw new InvalidSpecificationException(
          null, "A study is a mapping with a 'name' and 'jobs', or 'architectures' and so on.");
    }
    return request.has("jobs")
        ? read("", request, StudyRequest.JobList.class)
        : read("", request, Sweep.class);
  }

  /** The specification of one job, which is at {@code path} in its study. */
  static JobSpecification specification(String path, ObjectNode asked) {
    return read(path, asked, JobSpecification.class);
  }

  private static <T> T read(String path, JsonNode node, Class<T> type) {
    try {
      return JSON.treeToValue(node, type);
    } catch (JsonMappingException e) {
      throw new InvalidSpecificationException(field(path, e), message(e));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what has been read is not read", e);
    }
  }

  private static String field(String path, JsonMappingException e) {
    String inner = JsonPath.of(e.getPath());
    if (e instanceof InvalidTypeIdException) {
      inner = inner.isEmpty() ? "kind" : inner + ".kind";
    }
    return path.isEmpty() || inner.isEmpty() ? path + inner : path + "." + inner;
  }

  private static String message(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "There is no '%s' here; there may be %s."
          .formatted(
              unknown.getPropertyName(),
              unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(", ")));
    }
    if (e instanceof InvalidTypeIdException unknown) {
      return JobSpecification.Kind.refusal(unknown.getTypeId());
    }
    return "This has a value that is not allowed.";
  }

  private static String syntax(JsonProcessingException e) {
    String where =
        e.getLocation() == null || e.getLocation().getLineNr() < 1
            ? ""
            : String.format(
                Locale.ROOT,
                " in line %d, column %d",
                e.getLocation().getLineNr(),
                e.getLocation().getColumnNr());
    return "The study cannot be read%s.".formatted(where);
  }
}
