package io.fouriermasks.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;

/**
 * Asks a provider of OpenID Connect for its discovery document, the one in which it says what it is
 * called and where its addresses are. Certificates are judged by those that Java trusts.
 */
public final class ProviderDiscovery {

  private static final Logger LOG = Logger.getLogger(ProviderDiscovery.class);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int HTTPS_PORT = 443;

  private static final String DOCUMENT = "/.well-known/openid-configuration";

  private static final String CORRECT_IT =
      "Correct FOURIER_MASKS_OIDC_URL: it is the provider's issuer, its address without %s."
          .formatted(DOCUMENT);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final URI url;
  private final URI document;
  private final Duration patience;

  /**
   * @param url what is configured, {@code http} or {@code https}
   */
  public ProviderDiscovery(URI url) {
    this(url, PATIENCE);
  }

  ProviderDiscovery(URI url, Duration patience) {
    this.url = url;
    this.document = URI.create(withoutSlash(url.toString()) + DOCUMENT);
    this.patience = patience;
  }

  /** What a provider answers. */
  public sealed interface Answer {

    /**
     * Its document.
     *
     * @param issuer what the provider calls itself, and must be named by its tokens
     * @param isAsConfigured whether that is the address that it is configured with
     */
    record Document(String issuer, boolean isAsConfigured) implements Answer {}

    /**
     * None.
     *
     * @param text what is wrong, a sentence
     * @param remedy how to mend it, a sentence
     */
    record Failure(String text, String remedy) implements Answer {}
  }

  /** The address of the provider, as it is configured. */
  public URI url() {
    return url;
  }

  /** Asks, and waits for the answer, some seconds at most: the patience, and as long for why. */
  public Answer ask() throws InterruptedException {
    CompletableFuture<HttpResponse<String>> asked =
        http.sendAsync(
            HttpRequest.newBuilder(document).timeout(patience).build(),
            HttpResponse.BodyHandlers.ofString());
    try {
      // the request's own limit ends with the headers; what comes after them may hang too
      return judge(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return e.getCause() instanceof HttpTimeoutException ? late() : failure(e.getCause());
    } catch (TimeoutException e) {
      return late();
    } finally {
      asked.cancel(true);
    }
  }

  private Answer judge(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return new Answer.Failure(
          "%s is answered with %d instead of a document."
              .formatted(document, response.statusCode()),
          response.statusCode() / 100 == 5
              ? "Look at the provider, or whether a proxy stands in front of it; its log has the"
                  + " details."
              : CORRECT_IT);
    }
    String issuer;
    try {
      issuer = JSON.readTree(response.body()).path("issuer").asText("");
    } catch (JsonProcessingException e) {
      issuer = "";
    }
    return issuer.isEmpty()
        ? new Answer.Failure(
            "%s is answered, but not by a provider of OpenID Connect: there is no issuer in it."
                .formatted(document),
            CORRECT_IT)
        : new Answer.Document(
            issuer, withoutSlash(issuer).equals(withoutSlash(url.toString()))); // Auth0's ends so
  }

  /**
   * What is wrong when no answer has come in time. Java 17's client now and then loses the failure
   * of a TLS handshake and waits on; a socket of its own tells it.
   */
  private Answer late() {
    LOG.debugf("%s was asked in vain for %s", document, patience);
    try {
      if (url.getScheme().equals("https")) {
        shakeHands();
      }
    } catch (SSLException e) {
      return failure(e);
    } catch (IOException e) {
      LOG.debugf(e, "%s has no handshake either", url);
    }
    return silence("%s does not answer within %d s.".formatted(url, patience.toSeconds()));
  }

  private void shakeHands() throws IOException {
    int limit = Math.toIntExact(patience.toMillis());
    int port = url.getPort() == -1 ? HTTPS_PORT : url.getPort();
    try (SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.connect(new InetSocketAddress(url.getHost(), port), limit);
      socket.setSoTimeout(limit);
      socket.startHandshake();
    }
  }

  /** What is wrong, without the words of Java, which are for the log: the health is for all. */
  private Answer failure(Throwable failure) {
    LOG.debugf(failure, "%s was asked in vain", document);
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (failure instanceof SSLException) {
      return new Answer.Failure(
          "No TLS can be spoken with %s: %s.".formatted(url, tlsProblem(root)),
          "Mend the certificate; if your own authority has signed it, give Java a trust store that"
              + " knows it: FOURIER_MASKS_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE.");
    }
    if (root instanceof UnresolvedAddressException) {
      return new Answer.Failure(
          "There is no machine called %s.".formatted(url.getHost()),
          "Correct FOURIER_MASKS_OIDC_URL, or look at the name servers of this machine.");
    }
    return silence(url + " does not answer.");
  }

  private static Answer silence(String text) {
    return new Answer.Failure(
        text,
        "Look whether the provider runs there, and whether a firewall lets this machine reach it.");
  }

  private static String tlsProblem(Throwable root) {
    if (root instanceof CertificateExpiredException
        || root instanceof CertificateNotYetValidException) {
      return "its certificate is not valid now";
    }
    if (root instanceof CertPathBuilderException) {
      return "nobody whom Java trusts has signed its certificate";
    }
    return root instanceof CertificateException
        ? "its certificate is not made out to that name"
        : "it does not answer in TLS";
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
