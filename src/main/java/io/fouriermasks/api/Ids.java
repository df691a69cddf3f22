package io.fouriermasks.api;

import io.fouriermasks.store.UnknownIdException;

/** Numbers that are ids in addresses. */
final class Ids {

  private Ids() {}

  /**
   * The number of an id.
   *
   * @param what the kind of thing, such as {@code job}
   * @throws UnknownIdException if it is none, so that nothing can be stored under it
   */
  static long number(String what, String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new UnknownIdException(what, id);
    }
  }
}
