package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** One job, live: its curves, its masks as they evolve, and its results. */
@Path("/jobs/{id: [A-Za-z0-9_-]{1,64}}")
public class JobPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance job(@PathParam("id") String id) {
    return Pages.job(id);
  }
}
