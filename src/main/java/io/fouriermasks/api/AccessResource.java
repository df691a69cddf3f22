package io.fouriermasks.api;

import io.fouriermasks.access.Door;
import io.fouriermasks.access.TooManyRequestsException;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes the token that a browser was asked for, and lets it forget that again. */
@Path("/api/access")
public class AccessResource {

  private final Door door;
  private final Refusals refusals;

  AccessResource(Door door, Refusals refusals) {
    this.refusals = refusals;
    this.door = door;
  }

  /** Answers with the cookie and the page that was asked for, or with the question again. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response enter(
      @FormParam("token") String token,
      @FormParam("next") String next,
      @Context HttpServerRequest request) {
    String page = OwnPage.of(next);
    String given = token == null ? "" : token.strip();
    try {
      if (door.find(Refusals.address(request), given).join().isEmpty()) {
        refusals.wrongToken(request);
        return again("wrong=true", page);
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof TooManyRequestsException tooMany) {
        return again("wait=" + tooMany.seconds(), page);
      }
      throw e;
    }
    request.response().addCookie(AccessCookie.of(given, request.isSSL()));
    return Response.seeOther(URI.create(page)).build();
  }

  private static Response again(String why, String page) {
    String next = URLEncoder.encode(page, StandardCharsets.UTF_8);
    return Response.seeOther(URI.create("/access?%s&next=%s".formatted(why, next))).build();
  }

  /**
   * Lets a browser forget the token, or its sign-in; who only has the cookie is a stranger then.
   * The provider may still know them.
   */
  @DELETE
  @Operation(hidden = true)
  public Response leave(@Context HttpServerRequest request) {
    request.response().addCookie(AccessCookie.none(request.isSSL()));
    for (Cookie cookie : request.cookies()) {
      if (SignIn.isOfSession(cookie.getName())) {
        request
            .response()
            .addCookie(
                Cookie.cookie(cookie.getName(), "").setPath("/").setHttpOnly(true).setMaxAge(0));
      }
    }
    return Response.noContent().build();
  }
}
