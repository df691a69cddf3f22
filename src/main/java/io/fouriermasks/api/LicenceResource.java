package io.fouriermasks.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is shipped with the program, and under which licences: a list that the build makes. */
@Path("/api/licences")
@Tag(name = "System")
@Produces(MediaType.APPLICATION_JSON)
public class LicenceResource {

  private static final String LIST = "/licences.json";

  private final List<LicenceView> shipped;

  LicenceResource(ObjectMapper json) {
    try (InputStream list = LicenceResource.class.getResourceAsStream(LIST)) {
      shipped =
          json.readValue(list, new TypeReference<List<LicenceView>>() {}).stream()
              .sorted(Comparator.comparing(part -> part.name().toLowerCase(Locale.ROOT)))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One part of what is shipped.
   *
   * @param artefact its Maven coordinates or folder, or null
   */
  @Schema(name = "Licence", description = "One part of what is shipped.")
  public record LicenceView(
      String name, String artefact, String version, String url, List<String> licences) {}

  @GET
  @Operation(summary = "The parts of the program and their licences, by name.")
  public Listing<LicenceView> list() {
    return new Listing<>(shipped, null);
  }
}
