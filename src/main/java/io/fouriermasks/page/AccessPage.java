package io.fouriermasks.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Asks for the token of a lab that needs one. */
@Path("/access")
public class AccessPage {

  /**
   * The page.
   *
   * @param next where to go from there
   * @param wrong whether a token was given that is none
   * @param wait seconds for which no token of this address is looked at; 0 if it is now
   */
  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance access(
      @QueryParam("next") @DefaultValue("/") String next,
      @QueryParam("wrong") boolean wrong,
      @QueryParam("wait") @DefaultValue("0") long wait) {
    return Pages.access(next, wrong, Math.max(0, wait));
  }
}
