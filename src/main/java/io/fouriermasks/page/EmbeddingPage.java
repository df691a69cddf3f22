package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The map of single-image masks. */
@Path("/embedding")
public class EmbeddingPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance embedding() {
    return Pages.embedding();
  }
}
