package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.JobSpecification;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Discriminator;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * What the description of the interface has beside what its methods say: names of the operations,
 * the problems that each may answer with, the fields of the kinds of jobs with their published
 * values, and requests to try, which lie in {@code openapi/} as {@code OPERATION.json}, an object
 * of examples by what they ask for.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class OpenApiDocument implements OASFilter {

  private static final String JOB = "JobSpecification";
  private static final String REFERENCE = "#/components/schemas/";
  private static final String PROBLEM = REFERENCE + "Problem";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Problems that any operation may answer with, and when. */
  private static final Map<String, String> PROBLEMS =
      Map.of(
          "401", "The lab is locked, and nobody has said who asks.",
          "403", "Who asks has not the role that this needs.",
          "default", "Anything else that went wrong, and what to do about it.");

  /** Operations that take what another one takes. */
  private static final Map<String, String> SAME_REQUESTS =
      Map.of("estimateEstimate", "jobSubmit", "estimateMeasure", "jobSubmit");

  /** Of the library that reads JSON; their fields are not ours to describe. */
  private static final Set<String> ANY_JSON = Set.of("JsonNode", "ObjectNode");

  /** A value that may be any JSON is described as that. */
  @Override
  public Schema filterSchema(Schema schema) {
    String reference = schema.getRef();
    if (reference != null && ANY_JSON.contains(reference.substring(REFERENCE.length()))) {
      return OASFactory.createSchema().description("Any JSON.");
    }
    return schema;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    describeJobs(document);
    ANY_JSON.forEach(document.getComponents()::removeSchema);
    document.getComponents().removeSchema("JsonNodeType");
    LimitAnswers limits = new LimitAnswers(OASFactory.createSchema().ref(PROBLEM));
    limits.describe(document.getComponents());
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) -> {
                          complete(path, item, operation);
                          limits.complete(path, operation);
                        }));
  }

  private static void complete(String path, PathItem item, Operation operation) {
    operation.setOperationId(shortened(operation.getOperationId()));
    operation.getResponses().getAPIResponses().forEach(OpenApiDocument::describeFiles);
    PROBLEMS.forEach((status, when) -> addProblem(operation, status, when));
    if (path.contains("{")) {
      addProblem(operation, "404", "There is no such thing.");
    }
    if (operation.getRequestBody() != null || item.getPOST() == operation) {
      addProblem(operation, "400", "Something in the request is wrong; `field` says what.");
    }
    if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
      MediaType json = operation.getRequestBody().getContent().getMediaType("application/json");
      if (json != null) {
        addExamples(json, operation.getOperationId());
      }
    }
  }

  /** {@code JobResource_submit} is called {@code jobSubmit}. */
  private static String shortened(String id) {
    String[] parts = id.split("Resource_", 2);
    if (parts.length < 2) {
      return id;
    }
    return parts[0].substring(0, 1).toLowerCase(Locale.ROOT)
        + parts[0].substring(1)
        + parts[1].substring(0, 1).toUpperCase(Locale.ROOT)
        + parts[1].substring(1);
  }

  /** Methods name two media types where a file may be a problem instead: 200 is never that one. */
  private static void describeFiles(String status, APIResponse response) {
    if (!status.startsWith("2") || response.getContent() == null) {
      return;
    }
    response.getContent().removeMediaType(Problem.MEDIA_TYPE);
    response
        .getContent()
        .getMediaTypes()
        .forEach(
            (type, content) -> {
              if (!type.equals("application/json")) {
                content.setSchema(
                    OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .format(type.startsWith("text/") ? null : "binary"));
              }
            });
  }

  private static void addProblem(Operation operation, String status, String when) {
    APIResponse present = operation.getResponses().getAPIResponse(status);
    if (present != null && present.getContent() != null) {
      return;
    }
    operation
        .getResponses()
        .addAPIResponse(
            status,
            OASFactory.createAPIResponse()
                .description(when)
                .content(
                    OASFactory.createContent()
                        .addMediaType(
                            Problem.MEDIA_TYPE,
                            OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(PROBLEM)))));
  }

  private static void addExamples(MediaType type, String operation) {
    String name = "/openapi/" + SAME_REQUESTS.getOrDefault(operation, operation) + ".json";
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      if (in != null) {
        JSON.readTree(in)
            .properties()
            .forEach(
                example ->
                    type.addExample(
                        example.getKey(),
                        OASFactory.createExample()
                            .summary(example.getKey())
                            .value(JSON.convertValue(example.getValue(), Object.class))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The kinds of jobs, told apart by their field {@code kind}. */
  private static void describeJobs(OpenAPI document) {
    Schema any = OASFactory.createSchema().description("A job of one of the kinds.");
    Discriminator kind = OASFactory.createDiscriminator().propertyName("kind");
    for (Class<?> type : JobSpecification.class.getPermittedSubclasses()) {
      String name = type.getSimpleName() + "Job";
      Schema schema = describe(type);
      document.getComponents().addSchema(name, schema);
      any.addOneOf(OASFactory.createSchema().ref(REFERENCE + name));
      kind.addMapping(
          String.valueOf(schema.getProperties().get("kind").getEnumeration().get(0)),
          REFERENCE + name);
    }
    document.getComponents().addSchema(JOB, any.discriminator(kind));
  }

  private static Schema describe(Class<?> type) {
    JsonNode published = published(type);
    Schema schema = OASFactory.createSchema().addType(SchemaType.OBJECT).addRequired("kind");
    schema.addProperty(
        "kind",
        OASFactory.createSchema()
            .addType(SchemaType.STRING)
            .addEnumeration(published.get("kind").asText()));
    for (RecordComponent field : type.getRecordComponents()) {
      Schema value = schema(field.getGenericType());
      JsonNode otherwise = published.path(field.getName());
      if (otherwise.isValueNode() && !otherwise.isNull()) {
        value.setDefaultValue(JSON.convertValue(otherwise, Object.class));
      }
      schema.addProperty(field.getName(), value);
    }
    return schema;
  }

  /** What a specification becomes that names nothing but its kind. */
  private static JsonNode published(Class<?> type) {
    for (JobSpecification.Kind kind : JobSpecification.Kind.values()) {
      String empty = "{\"kind\": \"%s\"}".formatted(kind.urlName());
      try {
        JobSpecification made = JSON.readValue(empty, JobSpecification.class);
        if (type.isInstance(made)) {
          return JSON.valueToTree(made);
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a job cannot be made of " + empty, e);
      }
    }
    throw new IllegalStateException("there is no kind for " + type);
  }

  private static Schema schema(Type type) {
    Schema schema = OASFactory.createSchema();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return schema.addType(SchemaType.ARRAY).items(schema(list.getActualTypeArguments()[0]));
    } else if (type == String.class) {
      return schema.addType(SchemaType.STRING);
    } else if (type == boolean.class || type == Boolean.class) {
      return schema.addType(SchemaType.BOOLEAN);
    } else if (type == int.class || type == Integer.class) {
      return schema.addType(SchemaType.INTEGER).format("int32");
    } else if (type == long.class || type == Long.class) {
      return schema.addType(SchemaType.INTEGER).format("int64");
    } else if (type == double.class || type == Double.class) {
      return schema.addType(SchemaType.NUMBER).format("double");
    } else if (type == float.class || type == Float.class) {
      return schema.addType(SchemaType.NUMBER).format("float");
    }
    throw new IllegalStateException("no rule for a field of type " + type);
  }
}
