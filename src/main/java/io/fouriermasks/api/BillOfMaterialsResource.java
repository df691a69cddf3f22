package io.fouriermasks.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The libraries in the program with versions and checksums, as the build wrote them down. */
@Path("/api/sbom")
@Tag(name = "System")
public class BillOfMaterialsResource {

  private static final String LIST = "/sbom.json";

  @GET
  @Produces("application/vnd.cyclonedx+json")
  @Operation(summary = "The bill of materials (CycloneDX), for scanners that look for known holes.")
  public Response get() {
    InputStream list = BillOfMaterialsResource.class.getResourceAsStream(LIST);
    if (list == null) {
      throw new ProblemException(
          Problem.of(
              404,
              "There is no bill of materials",
              "This program was built without a network, where none is written; build it again."));
    }
    return Response.ok(list)
        .header("Content-Disposition", "attachment; filename=\"fourier-masks-sbom.cdx.json\"")
        .build();
  }
}
