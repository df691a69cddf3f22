package io.fouriermasks.command.doctor;

import io.fouriermasks.store.ProviderDiscovery;
import io.fouriermasks.store.ProviderDiscovery.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the provider of OpenID Connect answers that people sign in through, and as whom. */
public final class ProviderCheck implements Check {

  private final Supplier<Optional<URI>> url;

  /**
   * @param url tells its address, if there is one; may refuse the settings
   */
  public ProviderCheck(Supplier<Optional<URI>> url) {
    this.url = url;
  }

  @Override
  public String name() {
    return "provider";
  }

  @Override
  public Finding look() {
    Optional<URI> named;
    try {
      named = url.get();
    } catch (RuntimeException e) {
      return new Finding.Problem(e.getMessage() + ".", "Correct the settings: docs/operations.md.");
    }
    return named
        .map(ProviderCheck::ask)
        .orElseGet(() -> new Finding.Ok("none, people sign in with tokens of the lab"));
  }

  private static Finding ask(URI url) {
    Answer answer;
    try {
      answer = new ProviderDiscovery(url).ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finding.Note(url + " was not asked to the end");
    }
    if (answer instanceof Answer.Failure failure) {
      return new Finding.Problem(failure.text(), failure.remedy());
    }
    Answer.Document document = (Answer.Document) answer;
    return document.isAsConfigured()
        ? new Finding.Ok(url + " answers, and is the issuer that it names")
        : new Finding.Note(
            "%s answers, but names %s as its issuer: tokens count only with that name. Is it an inner address of the same provider? Else set FOURIER_MASKS_OIDC_URL to that issuer"
                .formatted(url, document.issuer()));
  }
}
