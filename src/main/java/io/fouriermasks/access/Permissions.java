package io.fouriermasks.access;

import io.fouriermasks.store.Role;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who may do what: the one place that says it. What is not named here is for administrators, so
 * that a new call is closed until somebody has thought about it.
 */
public final class Permissions {

  private static final String READ = "GET|HEAD";
  private static final String ANY = ".*";

  /** The first that fits decides. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(ANY, "/api/(users|audit)(/.*)?", Role.ADMIN),
          new Rule(
              READ,
              "/api/(artefacts|colormaps|comparisons|datasets|embeddings|events|frequencies"
                  + "|heat-maps|images|jobs|licences|masks|me|models|sbom|studies|system)(/.*)?",
              Role.VIEWER),
          // a question, though its words do not fit into an address
          new Rule("POST", "/api/estimates", Role.VIEWER),
          new Rule("POST", "/api/estimates/measurements", Role.RESEARCHER),
          new Rule("POST", "/api/(images|datasets|models/import)", Role.RESEARCHER),
          new Rule(
              "POST", "/api/jobs(/[^/]+/(cancel|pause|resume|retry|restore))?", Role.RESEARCHER),
          // one's own; those of others are an administrator's: mayDelete
          new Rule("DELETE", "/api/(datasets|images|jobs|models)/[^/]+", Role.RESEARCHER),
          new Rule("POST", "/api/(datasets|images|models)/[^/]+/restore", Role.RESEARCHER),
          new Rule("POST", "/api/studies(/[^/]+/cancel)?", Role.RESEARCHER),
          new Rule("DELETE", "/api/embeddings", Role.RESEARCHER),
          new Rule(READ, "/q/(openapi|metrics|health(/.*)?)", Role.VIEWER),
          // pages: they show what the calls above answer
          new Rule(READ, "/(?!(api|q)(/|$)).*", Role.VIEWER));

  private Permissions() {}

  /** Whether somebody may delete what somebody made: one's own, or everything. */
  public static boolean mayDelete(Visitor visitor, String createdBy) {
    return visitor.role() == Role.ADMIN
        || (visitor.role().includes(Role.RESEARCHER) && visitor.actor().name().equals(createdBy));
  }

  private record Rule(Pattern method, Pattern path, Role needed) {

    Rule(String method, String path, Role needed) {
      this(Pattern.compile(method), Pattern.compile(path), needed);
    }

    boolean fits(String wantedMethod, String wantedPath) {
      return method.matcher(wantedMethod).matches() && path.matcher(wantedPath).matches();
    }
  }

  /**
   * The role that a request needs.
   *
   * @param method of HTTP, such as {@code POST}
   * @param path normalised
   */
  public static Role needed(String method, String path) {
    return RULES.stream()
        .filter(rule -> rule.fits(method, path))
        .findFirst()
        .map(Rule::needed)
        .orElse(Role.ADMIN);
  }
}
