package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.access.Visitors;
import io.fouriermasks.store.Role;
import io.fouriermasks.store.User;
import io.fouriermasks.store.Users;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Those who have tokens of their own. */
@Path("/api/users")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UserResource {

  private final Users users;
  private final Visitors visitors;
  private final CurrentVisitor visitor;
  private final UseViews uses;

  UserResource(Users users, Visitors visitors, CurrentVisitor visitor, UseViews uses) {
    this.users = users;
    this.uses = uses;
    this.visitors = visitors;
    this.visitor = visitor;
  }

  /** Somebody who has a token of their own. */
  @Schema(name = "User")
  public record UserView(
      String id,
      String name,
      Role role,
      Instant createdAt,
      @Schema(description = "When the token was last used, within a minute, or null.")
          Instant seenAt,
      @Schema(description = "Since when they are shut out, or null.") Instant disabledAt,
      UseViews.Use use) {

    static UserView of(User user, UseViews.Use use) {
      return new UserView(
          Long.toString(user.id()),
          user.name(),
          user.role(),
          user.createdAt(),
          user.seenAt(),
          user.disabledAt(),
          use);
    }
  }

  /** A user with a token that was just drawn. */
  public record IssuedView(
      UserView user,
      @Schema(description = "It is told this once: only its SHA-256 is kept.") String token) {}

  /** Somebody who is to get a token. */
  public record NewUser(
      @NotNull
          @Pattern(
              regexp = "[a-z][a-z0-9._-]{0,39}",
              message =
                  "must be 1 to 40 small letters, digits, dots, dashes and underscores, the first a"
                      + " letter")
          String name,
      @NotNull Role role) {}

  /** What is to be otherwise; what is left out stays. */
  public record Change(Role role, Boolean disabled) {}

  @GET
  @Operation(summary = "Users, by name.")
  public Listing<UserView> list() {
    Function<String, UseViews.Use> use = uses.all();
    return new Listing<>(
        users.list().stream().map(user -> UserView.of(user, use.apply(user.name()))).toList(),
        null);
  }

  @POST
  @Operation(summary = "Adds a user and tells the token that was drawn for them, this once.")
  @APIResponse(
      responseCode = "201",
      description = "Location names the user.",
      content = @Content(schema = @Schema(implementation = IssuedView.class)))
  public Response add(@NotNull @Valid NewUser user) {
    Users.Issued issued = users.add(user.name(), user.role(), visitor.actor());
    return Response.created(URI.create("/api/users/" + issued.user().id()))
        .entity(view(issued))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @PATCH
  @Path("{id}")
  @Operation(summary = "Gives a user another role, shuts them out, or lets them in again.")
  public UserView change(String id, @NotNull Change change) {
    long number = Ids.number("user", id);
    if (change.role() == null && change.disabled() == null) {
      throw new ProblemException(Problem.ofField("role", "Name a 'role', or say 'disabled'."));
    }
    User changed =
        users.change(number, new Users.Change(change.role(), change.disabled()), visitor.actor());
    visitors.forget();
    return view(changed);
  }

  private UserView view(User user) {
    return UserView.of(user, uses.of(user.name()));
  }

  private IssuedView view(Users.Issued issued) {
    return new IssuedView(view(issued.user()), issued.token());
  }

  @POST
  @Path("{id}/token")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Draws another token for a user; the one before opens nothing any more.")
  @APIResponse(
      responseCode = "200",
      description = "The token, this once.",
      content = @Content(schema = @Schema(implementation = IssuedView.class)))
  public Response renew(String id) {
    Users.Issued issued = users.renew(Ids.number("user", id), visitor.actor());
    visitors.forget();
    return Response.ok(view(issued)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
