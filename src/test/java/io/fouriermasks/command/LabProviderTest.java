package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the sign-in that cannot work, and those that can. */
class LabProviderTest {

  private static final String URL = "FOURIER_MASKS_OIDC_URL";
  private static final String CLIENT = "FOURIER_MASKS_OIDC_CLIENT_ID";

  @TempDir Path folder;

  @Test
  void a_provider_is_an_address_and_a_client_id_and_empty_variables_are_none() {
    assertThat(LabProvider.url(Map.of())).isEmpty();
    assertThat(LabProvider.url(Map.of(URL, "", CLIENT, " "))).isEmpty();
    assertThat(LabProvider.url(Map.of(URL, "https://login.example.org/realms/lab", CLIENT, "lab")))
        .contains(URI.create("https://login.example.org/realms/lab"));
  }

  @Test
  void one_without_the_other_is_refused_with_the_variable_that_is_missing() {
    assertThatThrownBy(() -> LabProvider.url(Map.of(URL, "https://login.example.org", CLIENT, "")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the client id is missing: set " + CLIENT);
    assertThatThrownBy(() -> LabProvider.url(Map.of(CLIENT, "lab")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the provider to sign in through is missing: set " + URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"login.example.org", "ftp://x", "https:///realms", "https://a:s3cret@x", "a b"})
  void an_address_that_is_none_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> LabProvider.url(Map.of(URL, text, CLIENT, "lab")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "FOURIER_MASKS_OIDC_URL must be the provider's issuer, such as"
                + " https://login.example.org/realms/lab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "demo", "worker"})
  void a_start_with_half_of_them_ends_with_one_sentence(String command) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dfourier-masks.home=" + Path.of("").toAbsolutePath(),
                "io.fouriermasks.Main",
                command,
                "--data-dir",
                folder.resolve("lab").toString(),
                "--port",
                Integer.toString(free))
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                URL,
                "https://login.example.org",
                // several processes need one; it is not asked before the settings are in order
                "FOURIER_MASKS_DATABASE_URL",
                "postgresql://lab@127.0.0.1:1/lab"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(2);
    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("fourier-masks: FOURIER_MASKS_OIDC_URL names a provider")
        .contains("FOURIER_MASKS_OIDC_CLIENT_ID");
  }
}
