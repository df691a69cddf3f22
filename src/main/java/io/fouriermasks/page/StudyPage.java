package io.fouriermasks.page;

import io.fouriermasks.store.Studies;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** One study, live: how far its jobs are, and what they have come to. */
@Path("/studies/{id: [0-9]{1,18}}")
public class StudyPage {

  private final Studies studies;

  StudyPage(Studies studies) {
    this.studies = studies;
  }

  /** The page, or the page that says that nothing is there. */
  @GET
  @Blocking
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance study(@PathParam("id") long id) {
    return Pages.study(studies.get(id).id());
  }
}
