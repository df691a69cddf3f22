package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** All jobs: filtered, sorted, in groups, and in what they differ. */
@Path("/jobs")
public class JobsPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance jobs() {
    return Pages.jobs();
  }
}
