package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** All studies, and the form that submits one. */
@Path("/studies")
public class StudiesPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance studies() {
    return Pages.studies();
  }
}
