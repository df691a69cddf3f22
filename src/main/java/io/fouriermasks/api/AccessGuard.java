package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.AccessSecret;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets only those in who have the token, where one is needed: in the header {@code Authorization:
 * Bearer}, in the cookie that a browser got for it, or, once, as {@code ?token=} of a page, which
 * is then taken out of the address. A browser without it is sent to the page that asks for it.
 */
@Singleton
public class AccessGuard {

  /** The cookie's name. */
  public static final String COOKIE = "fourier-masks";

  /** How long a browser is known. */
  private static final Duration KNOWN_FOR = Duration.ofDays(30);

  private static final int AFTER_THE_REQUEST_GUARD = 900;
  private static final String PARAMETER = "token";
  private static final String BEARER = "Bearer ";

  /** What the page that asks consists of, and what tells probes whether the program lives. */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "/access|/api/access|/(css|js)/[\\w/.-]+|/favicon\\.svg|/icons\\.svg|/q/health(/live|/ready)?");

  private static final Pattern FOR_PROGRAMS = Pattern.compile("/(api|q)(/.*)?");

  private final AccessSecret secret;
  private final ObjectMapper json;

  AccessGuard(AccessSecret secret, ObjectMapper json) {
    this.secret = secret;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    if (!secret.isOpen()) {
      filters.register(this::check, AFTER_THE_REQUEST_GUARD);
    }
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath();
    String inAddress = request.getParam(PARAMETER);
    if (PUBLIC.matcher(path).matches()
        || secret.opens(bearer(request))
        || secret.opens(cookie(request))) {
      context.next();
    } else if (FOR_PROGRAMS.matcher(path).matches() || request.method() != HttpMethod.GET) {
      refuse(context);
    } else if (secret.opens(inAddress)) {
      context.response().addCookie(cookie(inAddress, request.isSSL()));
      redirect(context, path + query(request));
    } else {
      redirect(context, "/access?next=" + encoded(path + query(request)));
    }
  }

  /**
   * What a browser keeps of a token, out of the reach of scripts and of other sites; encoded,
   * because a token may have characters that a cookie may not.
   */
  public static Cookie cookie(String token, boolean isSecure) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return Cookie.cookie(COOKIE, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
        .setPath("/")
        .setMaxAge(KNOWN_FOR.toSeconds())
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(isSecure);
  }

  private static String bearer(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  private static String cookie(HttpServerRequest request) {
    Cookie cookie = request.getCookie(COOKIE);
    try {
      return cookie == null
          ? null
          : new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null; // none of ours
    }
  }

  /** The address's parameters without the token. */
  private static String query(HttpServerRequest request) {
    String text =
        request.params().entries().stream()
            .filter(parameter -> !parameter.getKey().equals(PARAMETER))
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? "" : "?" + text;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void redirect(RoutingContext context, String address) {
    context
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, address)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  private void refuse(RoutingContext context) {
    Problem problem =
        Problem.of(
            401,
            "Who are you?",
            "This lab is open to those who have its token: send it as 'Authorization: Bearer"
                + " TOKEN', or open the dashboard, which asks for it.");
    try {
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader("WWW-Authenticate", "Bearer")
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
