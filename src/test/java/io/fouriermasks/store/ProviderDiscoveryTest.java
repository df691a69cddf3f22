package io.fouriermasks.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fouriermasks.store.ProviderDiscovery.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider of OpenID Connect answers, and what is wrong if it does not. */
class ProviderDiscoveryTest {

  @TempDir Path folder;

  private static Answer ask(URI url) throws InterruptedException {
    return new ProviderDiscovery(url).ask();
  }

  private static Answer.Failure failure(URI url) throws InterruptedException {
    return (Answer.Failure) ask(url);
  }

  @Test
  void a_provider_names_its_issuer_and_a_slash_at_the_end_is_no_difference() throws Exception {
    try (ProviderServer provider = new ProviderServer()) {
      String url = provider.url().toString();
      assertThat(ask(provider.url())).isEqualTo(new Answer.Document(url, true));
      assertThat(ask(URI.create(url + "/"))).isEqualTo(new Answer.Document(url, true));
      provider.isCalled(url + "/");
      assertThat(ask(provider.url())).isEqualTo(new Answer.Document(url + "/", true));
      provider.isCalled("https://login.example.org");
      assertThat(ask(provider.url()))
          .isEqualTo(new Answer.Document("https://login.example.org", false));
    }
  }

  @Test
  void what_is_no_provider_is_an_address_to_correct() throws Exception {
    try (ProviderServer provider = new ProviderServer()) {
      Answer.Failure elsewhere = failure(provider.url().resolve("/realms/other"));
      assertThat(elsewhere.text()).contains("/realms/other/.well-known/", "answered with 404");
      assertThat(elsewhere.remedy()).contains("Correct FOURIER_MASKS_OIDC_URL");
      for (String body : List.of("", "<html>", "{}", "[]", "\"issuer\"")) {
        provider.answers(200, body);
        assertThat(failure(provider.url()).text()).as(body).contains("there is no issuer in it");
      }
      provider.answers(502, "");
      assertThat(failure(provider.url()).remedy()).contains("whether a proxy stands in front");
    }
  }

  @Test
  void one_that_is_away_or_has_no_address_is_told_from_the_other() throws Exception {
    URI gone;
    try (ProviderServer provider = new ProviderServer()) {
      gone = provider.url();
    }
    assertThat(failure(gone).text()).isEqualTo(gone + " does not answer.");
    assertThat(failure(gone).remedy()).contains("runs there", "firewall");
    assertThat(failure(URI.create("https://nowhere.invalid/realms/lab")).text())
        .isEqualTo("There is no machine called nowhere.invalid.");
  }

  @Test
  void one_that_hangs_is_not_waited_for() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertHangs(url);
      assertHangs(URI.create("https://127.0.0.1:" + silent.getLocalPort()));
    }
  }

  private static void assertHangs(URI url) throws InterruptedException {
    Answer answer = new ProviderDiscovery(url, Duration.ofSeconds(1)).ask();
    assertThat(((Answer.Failure) answer).text()).isEqualTo(url + " does not answer within 1 s.");
  }

  @Test
  void a_certificate_that_java_does_not_trust_is_said_without_its_classes() throws Exception {
    try (ProviderServer provider = new ProviderServer(https())) {
      URI url = URI.create(provider.url().toString().replace("http:", "https:"));
      assertThat(failure(url).text())
          .isEqualTo(
              "No TLS can be spoken with %s: nobody whom Java trusts has signed its certificate."
                  .formatted(url));
      assertThat(failure(url).remedy()).contains("-Djavax.net.ssl.trustStore=FILE");
    }
  }

  @Test
  void what_answers_without_tls_is_said_so() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(
              () -> {
                while (!plain.isClosed()) {
                  refuseInPlainText(plain);
                }
              });
      URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort());
      assertThat(failure(url).text()).endsWith("it does not answer in TLS.");
      plain.close();
      answered.join();
    }
  }

  /** As when the client loses what went wrong with its own connection. */
  @Test
  void the_reason_is_told_too_if_it_shows_only_when_asked_again() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Socket> silent =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Socket first = plain.accept();
                  refuseInPlainText(plain);
                  return first;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort());
      Answer answer = new ProviderDiscovery(url, Duration.ofSeconds(1)).ask();
      assertThat(((Answer.Failure) answer).text()).endsWith("it does not answer in TLS.");
      silent.join().close();
    }
  }

  private static void refuseInPlainText(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // closed at one of its ends: there is nothing to refuse any more
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpsServer https() throws Exception {
    Path file = folder.resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "one",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }
}
