package io.fouriermasks.access;

import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.ProviderDiscovery;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the provider of OpenID Connect now and then whether it answers: who asks for the health
 * neither waits for one that has gone, nor loads one that is there.
 */
@Singleton
public class ProviderProbe {

  private static final Logger LOG = Logger.getLogger(ProviderProbe.class);

  private final Optional<ProviderDiscovery> provider;
  private volatile ProviderDiscovery.Answer answer;

  @Inject
  public ProviderProbe(LabConfig config) {
    // a process that only works lets nobody in
    this(config.oidc().url().filter(url -> config.role() != LabConfig.Role.WORKER));
  }

  ProviderProbe(Optional<URI> url) {
    this.provider = url.map(ProviderDiscovery::new);
  }

  /** Where the provider is that people sign in through here; empty if they do not. */
  public Optional<URI> url() {
    return provider.map(ProviderDiscovery::url);
  }

  /** What it answered when it was last asked; empty if it has not been yet. */
  public Optional<ProviderDiscovery.Answer> answer() {
    return Optional.ofNullable(answer);
  }

  @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    if (provider.isEmpty()) {
      return;
    }
    try {
      answer = provider.get().ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the program ends
      LOG.debug("the provider was not asked to the end", e);
    }
  }
}
