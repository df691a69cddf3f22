package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The image folders that jobs can use, and how to add one. */
@Path("/datasets")
public class DatasetsPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance datasets() {
    return Pages.datasets();
  }
}
