package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Masks side by side. What is shown is in the query, which only the browser reads. */
@Path("/compare")
public class ComparePage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance compare() {
    return Pages.compare();
  }
}
