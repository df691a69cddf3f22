package io.fouriermasks.api;

import io.fouriermasks.access.ProviderVisitors;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The way in through a provider of OpenID Connect, where there is one: {@code /access/provider}
 * sends a browser there and takes it back, and requests that carry what the provider has signed are
 * known by it. Signatures, issuer, audience and times are checked by Quarkus.
 */
@Singleton
class SignIn {

  /** Values of {@code problem} with which the page that asks for the token says what is wrong. */
  static final String NO_ROLE = "role";

  static final String FAILED = "provider";

  private static final Logger LOG = Logger.getLogger(SignIn.class);

  private static final String PATH = "/access/provider";

  /** Quarkus's; a long one is in several parts. */
  private static final String SESSION_COOKIE = "q_session";

  /** A token of the lab has no dots; what is not even made like one is not asked about. */
  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]*");

  private final ProviderVisitors visitors;

  SignIn(ProviderVisitors visitors) {
    this.visitors = visitors;
  }

  void register(@Observes Router router) {
    if (visitors.isThere()) {
      router.get(PATH).handler(this::enter);
    }
  }

  /**
   * Whether a request carries what may be the provider's.
   *
   * @param bearer the token in its header, or null
   */
  boolean isOf(HttpServerRequest request, String bearer) {
    if (!visitors.isThere()) {
      return false;
    }
    return bearer == null
        ? request.getHeader(HttpHeaders.AUTHORIZATION) == null && hasSession(request)
        : JWT.matcher(bearer).matches();
  }

  private static boolean hasSession(HttpServerRequest request) {
    return request.cookies().stream().anyMatch(cookie -> isOfSession(cookie.getName()));
  }

  /** Whether a cookie belongs to a sign-in. */
  static boolean isOfSession(String cookie) {
    return cookie.startsWith(SESSION_COOKIE);
  }

  /**
   * Whom the provider says that a request comes from; empty if it says nothing that counts. Never
   * blocks; fails with a problem if the provider must be asked and does not answer.
   */
  CompletableFuture<Optional<ProviderVisitors.Known>> find(RoutingContext context) {
    return identity(context)
        .map(visitors::of)
        .onFailure(SignIn::isRefusal)
        .recoverWithItem(
            failure -> {
              LOG.debugf("a token of the provider is none: %s", failure.getMessage());
              return Optional.empty();
            })
        .onFailure()
        .transform(
            failure -> {
              LOG.warnf("the provider is not there to be asked: %s", failure.getMessage());
              return new ProblemException(
                  Problem.of(
                      503,
                      "The provider does not answer",
                      "Who you are must be asked of the provider that you signed in through, and"
                          + " it does not answer. Try again in a minute; tokens of the lab itself"
                          + " go on working."));
            })
        .subscribeAsCompletionStage();
  }

  /** Whether somebody may stay who came in with this. */
  boolean holds(ProviderVisitors.Known known) {
    return visitors.holds(known.until());
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof AuthenticationFailedException
        || failure instanceof AuthenticationCompletionException
        || failure instanceof AuthenticationRedirectException;
  }

  private static Uni<SecurityIdentity> identity(RoutingContext context) {
    // Quarkus would answer a failure itself, before anybody else can
    BiConsumer<RoutingContext, Throwable> nothing = (unused, failure) -> {};
    context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, nothing);
    return QuarkusHttpUser.getSecurityIdentity(context, null);
  }

  private void enter(RoutingContext context) {
    boolean isBack = context.request().getParam("state") != null;
    identity(context)
        .subscribe()
        .with(
            identity -> {
              if (visitors.of(identity).isPresent()) {
                Redirect.to(context, OwnPage.of(context.request().getParam("next")));
              } else if (isBack) {
                fail(context, "it came back without having been sent");
              } else {
                send(context);
              }
            },
            failure -> {
              if (failure instanceof AuthenticationRedirectException onwards) {
                Redirect.to(context, onwards.getRedirectUri());
              } else if (isBack || !isRefusal(failure)) {
                fail(context, failure.getMessage());
              } else {
                send(context); // what is left of a sign-in that has run out
              }
            });
  }

  private static void send(RoutingContext context) {
    HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    authenticator
        .sendChallenge(context)
        .subscribe()
        .with(
            isSent -> {
              if (!context.response().ended()) {
                context.response().end();
              }
            },
            failure -> fail(context, failure.getMessage()));
  }

  private static void fail(RoutingContext context, String reason) {
    LOG.warnf("a sign-in through the provider failed: %s", reason);
    String next = OwnPage.of(context.request().getParam("next"));
    Redirect.to(
        context,
        "/access?problem=" + FAILED + "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
  }
}
