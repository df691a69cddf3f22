package io.fouriermasks.page;

import io.fouriermasks.store.Jobs;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** One job, live: its curves, its masks as they evolve, and its results. */
@Path("/jobs/{id: [0-9]{1,18}}")
public class JobPage {

  private final Jobs jobs;

  JobPage(Jobs jobs) {
    this.jobs = jobs;
  }

  /** The page, or the page that says that nothing is there. */
  @GET
  @Blocking
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance job(@PathParam("id") long id) {
    return Pages.job(jobs.get(id).id());
  }
}
