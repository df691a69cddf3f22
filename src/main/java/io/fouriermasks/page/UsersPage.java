package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who may come in and what they may do, and what they did. */
@Path("/users")
public class UsersPage {

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance users() {
    return Pages.users();
  }
}
