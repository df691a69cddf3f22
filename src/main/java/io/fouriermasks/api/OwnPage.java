package io.fouriermasks.api;

import java.util.regex.Pattern;

/** Where a browser goes once it is let in. */
final class OwnPage {

  /** A page of this server: nothing that a browser would take for another one's address. */
  private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

  private OwnPage() {}

  /** The page that was wanted if it is one of this server, else the first one. */
  static String of(String wanted) {
    return wanted != null && OWN.matcher(wanted).matches() ? wanted : "/";
  }
}
