package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The machine, the engine, the versions, and what is shipped under which licence. */
@Path("/system")
public class SystemPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance system() {
    return Pages.system();
  }
}
