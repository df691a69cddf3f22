package io.fouriermasks.access;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Role;
import io.fouriermasks.store.User;

/** Who sends a request, and what they may do. */
public record Visitor(Actor actor, Role role) {

  /** Everybody, where a lab needs no token. */
  public static final Visitor LOCAL = new Visitor(Actor.LOCAL, Role.ADMIN);

  /** Who has the lab's first token. */
  static final Visitor FIRST = new Visitor(Actor.FIRST, Role.ADMIN);

  static Visitor of(User user) {
    return new Visitor(user.actor(), user.role());
  }
}
