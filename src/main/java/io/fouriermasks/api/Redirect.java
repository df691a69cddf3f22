package io.fouriermasks.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Sends a browser on before any resource has seen its request. */
final class Redirect {

  private Redirect() {}

  /** To be asked for with GET whatever this was, and each time anew. */
  static void to(RoutingContext context, String address) {
    context
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, address)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }
}
