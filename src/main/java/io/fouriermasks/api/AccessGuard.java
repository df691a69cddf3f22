package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.access.Door;
import io.fouriermasks.access.Permissions;
import io.fouriermasks.access.ProviderVisitors;
import io.fouriermasks.access.RequestLimit;
import io.fouriermasks.access.TooManyRequestsException;
import io.fouriermasks.access.Visitor;
import io.fouriermasks.access.Visitors;
import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.Role;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Lets only those in who have a token, where one is needed, and lets them do what {@link
 * Permissions} says: in the header {@code Authorization: Bearer}, in the cookie that a browser got
 * for it, or, once, as {@code ?token=} of a page, which is then taken out of the address. A browser
 * without it is sent to the page that asks for it. Who has no token of the lab may have one of the
 * {@link SignIn provider}, in the same header or in the cookie of its sign-in.
 */
@Singleton
public class AccessGuard {

  private static final Logger LOG = Logger.getLogger(AccessGuard.class);

  /**
   * After Quarkus has prepared, at 200, to be asked for identities; RequestGuard is before both.
   */
  private static final int AFTER_THE_PREPARATION = 180;

  private static final String PARAMETER = "token";
  private static final String BEARER = "Bearer ";

  /** What the page that asks consists of, and what tells probes whether the program lives. */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "/access|/access/provider|/api/access|/(css|js)/[\\w/.-]+|/favicon\\.svg|/icons\\.svg|/q/health(/live|/ready)?");

  /** What limits of requests are for; pages are shells, and who watches is not to be blinded. */
  private static final Pattern COUNTED = Pattern.compile("/api(/.*)?");

  private static final Pattern FOR_PROGRAMS = Pattern.compile("/(api|q)(/.*)?");

  private final AccessSecret secret;
  private final Door door;
  private final Visitors visitors;
  private final SignIn signIn;
  private final RequestLimit limit;
  private final Refusals refusals;
  private final ObjectMapper json;

  AccessGuard(
      AccessSecret secret,
      Door door,
      Visitors visitors,
      SignIn signIn,
      RequestLimit limit,
      Refusals refusals,
      ObjectMapper json) {
    this.visitors = visitors;
    this.signIn = signIn;
    this.refusals = refusals;
    this.secret = secret;
    this.door = door;
    this.limit = limit;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    if (!secret.isOpen()) {
      filters.register(this::check, AFTER_THE_PREPARATION);
    }
  }

  private void check(RoutingContext context) {
    if (PUBLIC.matcher(context.normalizedPath()).matches()) {
      context.next();
      return;
    }
    String bearer = bearer(context.request());
    if (bearer != null && signIn.isOf(context.request(), bearer)) {
      // first, so that who has a token of the provider is no guesser of the lab's
      askProvider(context, () -> askLab(context));
    } else {
      askLab(context);
    }
  }

  private void askLab(RoutingContext context) {
    String token = token(context.request());
    then(
        context,
        find(context, token),
        found ->
            found.ifPresentOrElse(
                visitor -> admit(context, visitor, () -> visitors.isStillKnown(token)),
                () -> {
                  if (bearer(context.request()) == null && signIn.isOf(context.request(), null)) {
                    askProvider(context, () -> turnAway(context));
                  } else {
                    turnAway(context);
                  }
                }));
  }

  private void askProvider(RoutingContext context, Runnable otherwise) {
    then(
        context,
        signIn.find(context),
        found -> found.ifPresentOrElse(known -> admit(context, known), otherwise));
  }

  private CompletableFuture<Optional<Visitor>> find(RoutingContext context, String token) {
    return door.find(Refusals.address(context.request()), token);
  }

  /** The token that a request shows, or null. */
  private static String token(HttpServerRequest request) {
    String bearer = bearer(request);
    return bearer == null ? AccessCookie.token(request) : bearer;
  }

  private interface Answer<T> {
    void to(Optional<T> found);
  }

  /** Goes on where the request is handled; its body is kept back until then. */
  private <T> void then(
      RoutingContext context, CompletableFuture<Optional<T>> asked, Answer<T> answer) {
    if (asked.isDone() && !asked.isCompletedExceptionally()) {
      answer.to(asked.join());
      return;
    }
    context.request().pause();
    Context here = Vertx.currentContext();
    CompletableFuture<Optional<T>> unusedResult =
        asked.whenComplete(
            (found, failure) ->
                here.runOnContext(
                    unused -> {
                      context.request().resume();
                      if (failure == null) {
                        answer.to(found);
                      } else if (failure instanceof TooManyRequestsException tooMany) {
                        holdUp(context, tooMany);
                      } else {
                        LOG.warnf("nobody is let in: %s", failure.getMessage());
                        refuse(
                            context,
                            failure instanceof ProblemException refused
                                ? refused.problem()
                                : ProblemMappers.databaseGoneProblem());
                      }
                    }));
  }

  private void turnAway(RoutingContext context) {
    if (token(context.request()) != null) {
      refusals.wrongToken(context.request());
    }
    if (isProgram(context)) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
      refuse(
          context,
          Problem.of(
              401,
              "Who are you?",
              "This lab is open to those who have a token: send it as 'Authorization: Bearer"
                  + " TOKEN', or open the dashboard, which asks for it."));
    } else {
      String inAddress = context.request().getParam(PARAMETER);
      then(context, find(context, inAddress), found -> answerPage(context, inAddress, found));
    }
  }

  /** Whether it is no browser that asks for a page. */
  private static boolean isProgram(RoutingContext context) {
    return FOR_PROGRAMS.matcher(context.normalizedPath()).matches()
        || !context.request().method().equals(HttpMethod.GET);
  }

  /** Says how long to wait, and who is not listened to until then. */
  private void holdUp(RoutingContext context, TooManyRequestsException tooMany) {
    if (isProgram(context)) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
      refuse(context, Problem.of(429, "Too many requests", tooMany.getMessage()));
    } else {
      String page = context.normalizedPath() + query(context.request());
      Redirect.to(context, "/access?wait=%d&next=%s".formatted(tooMany.seconds(), encoded(page)));
    }
  }

  private static void answerPage(
      RoutingContext context, String inAddress, Optional<Visitor> visitor) {
    HttpServerRequest request = context.request();
    String page = context.normalizedPath() + query(request);
    if (visitor.isPresent()) {
      context.response().addCookie(AccessCookie.of(inAddress, request.isSSL()));
      Redirect.to(context, page);
    } else {
      Redirect.to(context, "/access?next=" + encoded(page));
    }
  }

  private void admit(RoutingContext context, ProviderVisitors.Known known) {
    if (known.role().isPresent()) {
      Visitor visitor = new Visitor(known.actor(), known.role().get());
      admit(context, visitor, () -> signIn.holds(known));
      return;
    }
    refusals.notAllowed(known.actor(), context.request());
    if (isProgram(context)) {
      refuse(
          context,
          Problem.of(
              403,
              "You have no role in this lab",
              "You are %s. The provider that you signed in through gives you none of the roles"
                      .formatted(known.actor().name())
                  + " that this lab knows; ask an administrator of the lab which one you need."));
    } else {
      Redirect.to(context, "/access?problem=" + SignIn.NO_ROLE);
    }
  }

  private void admit(RoutingContext context, Visitor visitor, BooleanSupplier mayStay) {
    if (COUNTED.matcher(context.normalizedPath()).matches()) {
      try {
        limit.count(visitor);
      } catch (TooManyRequestsException e) {
        holdUp(context, e);
        return;
      }
    }
    Role needed = Permissions.needed(context.request().method().name(), context.normalizedPath());
    if (visitor.role().includes(needed)) {
      CurrentVisitor.enter(context, visitor, mayStay);
      context.next();
    } else {
      refusals.notAllowed(visitor.actor(), context.request());
      refuse(
          context,
          Problem.of(
              403,
              "Your role does not allow that",
              "It needs the role %s; you are %s, %s. An administrator of the lab can give you that"
                      .formatted(needed.label(), visitor.actor().name(), visitor.role().label())
                  + " role."));
    }
  }

  private static String bearer(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
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

  private void refuse(RoutingContext context, Problem problem) {
    try {
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
