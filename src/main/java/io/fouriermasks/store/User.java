package io.fouriermasks.store;

import java.time.Instant;

/**
 * Somebody who has a token of their own.
 *
 * @param id number, in the order in which they were added
 * @param name what they are known by; it never changes
 * @param createdAt when they were added
 * @param seenAt when their token was last used, within a minute, or null
 * @param disabledAt since when they are shut out, or null
 */
public record User(
    long id, String name, Role role, Instant createdAt, Instant seenAt, Instant disabledAt) {

  /** What the audit log calls them. */
  public Actor actor() {
    return new Actor(name);
  }
}
