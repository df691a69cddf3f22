package io.fouriermasks.access;

import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Role;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Who has sent the request that is being answered; templates know it as {@code visitor}. */
@Singleton
@Named("visitor")
public class CurrentVisitor {

  private static final String KEY = Visitor.class.getName();
  private static final String STAY = KEY + ".stay";

  private final AccessSecret secret;
  private final CurrentVertxRequest request;

  CurrentVisitor(AccessSecret secret, CurrentVertxRequest request) {
    this.secret = secret;
    this.request = request;
  }

  /**
   * Says who has sent a request, once the door has let them in.
   *
   * @param mayStay whether they still would be; may block
   */
  public static void enter(RoutingContext context, Visitor visitor, BooleanSupplier mayStay) {
    context.put(KEY, visitor);
    context.put(STAY, mayStay);
  }

  /**
   * Who they are.
   *
   * @throws IllegalStateException outside of a request that was let in
   */
  public Visitor get() {
    if (secret.isOpen()) {
      return Visitor.LOCAL;
    }
    Visitor visitor = request.getCurrent().get(KEY);
    if (visitor == null) {
      throw new IllegalStateException("nobody was let in with this request");
    }
    return visitor;
  }

  /** Whether whoever sends this request would still be let in, asked later; it may block. */
  public BooleanSupplier mayStay() {
    return secret.isOpen() ? () -> true : request.getCurrent().get(STAY);
  }

  /** Who they are for the audit log. */
  public Actor actor() {
    return get().actor();
  }

  /** What they are called. */
  public String name() {
    return actor().name();
  }

  /** What they may do. */
  public Role role() {
    return get().role();
  }

  /** Whether they can be told from others: a lab without a token knows nobody. */
  public boolean isKnown() {
    return !secret.isOpen();
  }
}
