package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Photographs: upload, predictions, selection, and the start of a job. */
@Path("/images")
public class ImagesPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance images() {
    return Pages.images();
  }
}
