package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.LabConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses requests that a browser sends for a stranger: to a name that is not the server's own (DNS
 * rebinding), or from a page of another origin with the intent to change something. Also refuses
 * bodies over the limit, which the server would cut off without a word. A worker answers only those
 * who watch it.
 */
@Singleton
class RequestGuard {

  private static final int BEFORE_EVERYTHING_ELSE = 1000;
  private static final Set<HttpMethod> HARMLESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** What a worker answers. */
  private static final Pattern WATCHED = Pattern.compile("/q/(health(/.*)?|metrics)");

  private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "::1"));
  private final ObjectMapper json;
  private final UploadMeters meters;
  private final long maxBody;
  private final boolean isWatchedOnly;

  RequestGuard(
      LabConfig config,
      ObjectMapper json,
      UploadMeters meters,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
    this.maxBody = maxBody.asLongValue();
    this.isWatchedOnly = config.role() == LabConfig.Role.WORKER;
    config
        .allowedHosts()
        .ifPresent(names -> names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT))));
    this.json = json;
    this.meters = meters;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_EVERYTHING_ELSE);
  }

  /** Below /api, also an address that no resource has is answered with a problem. */
  void answerUnknown(@Observes Router router) {
    router
        .route("/api/*")
        .last()
        .handler(
            context ->
                refuse(context, Problem.of(404, "Not found", "There is nothing at this address.")));
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : withoutBrackets(authority.host());
    if (!hosts.contains(host)) {
      refuse(
          context,
          Problem.of(
              403,
              "Unknown host",
              "This server does not answer under the name '%s'. To allow it, start the server with"
                      .formatted(host.replaceAll("[^a-z0-9.:-]", "?"))
                  + " -Dfourier-masks.allowed-hosts=NAME."));
      return;
    }
    if (request.path().indexOf(';') >= 0) {
      // who looks at the address, and what then answers, would read two different ones
      refuse(context, Problem.of(400, "Not an address", "No address here has a ';' in its path."));
      return;
    }
    if (isWatchedOnly && !WATCHED.matcher(context.normalizedPath()).matches()) {
      refuse(
          context,
          Problem.of(
              404,
              "Not found",
              "This process does jobs; the dashboard is another one. Here are /q/health and"
                  + " /q/metrics."));
      return;
    }
    if (!HARMLESS.contains(request.method()) && isCrossSite(request)) {
      refuse(
          context,
          Problem.of(
              403,
              "Cross-site request",
              "A page of another origin must not change anything here. Open the lab under the"
                  + " address that the request was sent to."));
      return;
    }
    if (declaredLength(request) > maxBody) {
      meters.tooLarge();
      // the rest of the body is on its way and will not be read
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      refuse(context, ProblemMappers.tooLarge()).onComplete(sent -> request.connection().close());
      return;
    }
    context.next();
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
  }

  private static boolean isCrossSite(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    }
    String own = request.getHeader(HttpHeaders.HOST);
    String there = origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
    return own == null
        || !withoutDefaultPort(there).equals(withoutDefaultPort(own.toLowerCase(Locale.ROOT)));
  }

  private static String withoutDefaultPort(String authority) {
    return authority.replaceFirst(":(80|443)$", "");
  }

  private static String withoutBrackets(String host) {
    return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
  }

  private Future<Void> refuse(RoutingContext context, Problem problem) {
    try {
      return context
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
