package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The front door: recent jobs, the models at hand, the state of the engine. */
@Path("/")
public class OverviewPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance overview() {
    return Pages.overview();
  }
}
