package io.fouriermasks.store;

/**
 * Who does something, as the audit log and the rows of what was made name them.
 *
 * @param name of a user; or one of those that no user may have
 */
public record Actor(String name) {

  /** The program itself, in its own time or for a command. */
  public static final Actor LAB = new Actor("lab");

  /** Whoever reaches a lab that needs no token. */
  public static final Actor LOCAL = new Actor("local");

  /** Who has the lab's first token. */
  public static final Actor FIRST = new Actor("admin");

  /** Who came with a token that is none. */
  public static final Actor STRANGER = new Actor("stranger");

  /** As it is kept with what was made: nobody where all are one. */
  public String asMaker() {
    return equals(LAB) || equals(LOCAL) ? null : name;
  }
}
