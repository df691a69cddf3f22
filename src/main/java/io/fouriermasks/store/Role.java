package io.fouriermasks.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody may do; each role may do what those before it may. */
public enum Role {
  /** Looks at everything. */
  VIEWER,
  /** Also uploads, starts and stops work. */
  RESEARCHER,
  /** Also decides who may do what, and sees who did what. */
  ADMIN;

  /** Whether who has this role may do what needs another one. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** As users write it. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role that users write so.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Role ofLabel(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role is called so");
  }
}
