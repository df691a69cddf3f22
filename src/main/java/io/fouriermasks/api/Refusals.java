package io.fouriermasks.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog;
import io.fouriermasks.store.AuditLog.Deed;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes in the audit log who was not let do what. The same refusal is written once a minute: a
 * script that does not give up must not fill the database.
 */
@Singleton
class Refusals {

  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private static final Duration ONCE_IN = Duration.ofMinutes(1);

  /** Of different refusals in that time; what comes on top may be written twice. */
  private static final int MOST = 10_000;

  private final AuditLog audit;
  private final Cache<Deed, Boolean> written =
      Caffeine.newBuilder().expireAfterWrite(ONCE_IN).maximumSize(MOST).build();

  Refusals(AuditLog audit) {
    this.audit = audit;
  }

  /** Somebody came with a token that is none. Never blocks. */
  void wrongToken(HttpServerRequest request) {
    write(new Deed(Actor.STRANGER, Action.SIGN_IN, "address " + address(request)));
  }

  /** Somebody asked for what their role does not allow. Never blocks. */
  void notAllowed(Actor actor, HttpServerRequest request) {
    write(new Deed(actor, Action.REQUEST, request.method().name() + " " + request.path()));
  }

  /** Where a request comes from. */
  static String address(HttpServerRequest request) {
    return request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress();
  }

  private void write(Deed deed) {
    if (written.asMap().putIfAbsent(deed, true) != null) {
      return;
    }
    Infrastructure.getDefaultWorkerPool()
        .execute(
            () -> {
              try {
                audit.refused(deed);
              } catch (RuntimeException e) {
                LOG.warnf("a refusal is not in the audit log: %s", e.getMessage());
              }
            });
  }
}
