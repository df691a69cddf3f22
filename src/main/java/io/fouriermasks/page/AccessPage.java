package io.fouriermasks.page;

import io.fouriermasks.store.LabConfig;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Asks who somebody is where a lab must know: for a token, or to sign in through its provider. */
@Path("/access")
public class AccessPage {

  /** What people call the provider, or null if there is none. */
  private final String provider;

  AccessPage(LabConfig config) {
    this.provider =
        config
            .oidc()
            .name()
            .or(() -> config.oidc().url().map(URI::getHost))
            .filter(name -> config.oidc().url().isPresent())
            .orElse(null);
  }

  /**
   * The page.
   *
   * @param next where to go from there
   * @param wrong whether a token was given that is none
   * @param wait seconds for which no token of this address is looked at; 0 if it is now
   * @param problem what is wrong with a sign-in: {@code provider} if it failed, {@code role} if who
   *     signed in has no role here
   */
  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance access(
      @QueryParam("next") @DefaultValue("/") String next,
      @QueryParam("wrong") boolean wrong,
      @QueryParam("wait") @DefaultValue("0") long wait,
      @QueryParam("problem") @DefaultValue("") String problem) {
    String signIn = "/access/provider?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    return Pages.access(next, wrong, Math.max(0, wait), provider, signIn, problem);
  }
}
