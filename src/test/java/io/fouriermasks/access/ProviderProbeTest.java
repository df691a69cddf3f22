package io.fouriermasks.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.ProviderDiscovery.Answer;
import io.fouriermasks.store.ProviderServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderProbeTest {

  @Test
  void what_a_provider_said_is_kept_until_it_is_asked_again() {
    ProviderProbe probe;
    try (ProviderServer provider = new ProviderServer()) {
      probe = new ProviderProbe(Optional.of(provider.url()));
      assertThat(probe.url()).contains(provider.url());
      assertThat(probe.answer()).as("before the first time").isEmpty();
      probe.look();
      assertThat(probe.answer()).containsInstanceOf(Answer.Document.class);
    }
    assertThat(probe.answer()).as("nobody is asked").containsInstanceOf(Answer.Document.class);
    probe.look();
    assertThat(probe.answer()).containsInstanceOf(Answer.Failure.class);
  }

  @Test
  void where_there_is_no_provider_nobody_is_asked() {
    ProviderProbe probe = new ProviderProbe(Optional.empty());
    probe.look();
    assertThat(probe.url()).isEmpty();
    assertThat(probe.answer()).isEmpty();
  }
}
