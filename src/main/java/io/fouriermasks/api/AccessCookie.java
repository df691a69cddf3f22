package io.fouriermasks.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** What a browser keeps of a token, out of the reach of scripts and of other sites. */
final class AccessCookie {

  private static final String NAME = "fourier-masks";

  /** How long a browser is known. */
  private static final Duration KNOWN_FOR = Duration.ofDays(30);

  private AccessCookie() {}

  /** The token is encoded: it may have characters that a cookie may not. */
  static Cookie of(String token, boolean isSecure) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return cookie(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), isSecure)
        .setMaxAge(KNOWN_FOR.toSeconds());
  }

  /** Lets the browser forget the token. */
  static Cookie none(boolean isSecure) {
    return cookie("", isSecure).setMaxAge(0);
  }

  private static Cookie cookie(String value, boolean isSecure) {
    return Cookie.cookie(NAME, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(isSecure);
  }

  /** The token in a request's cookie, or null. */
  static String token(HttpServerRequest request) {
    Cookie cookie = request.getCookie(NAME);
    try {
      return cookie == null
          ? null
          : new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null; // none of ours
    }
  }
}
