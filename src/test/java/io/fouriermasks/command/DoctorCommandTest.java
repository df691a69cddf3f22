package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectServer;
import io.fouriermasks.store.ProviderServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor, on labs that are really broken. */
class DoctorCommandTest {

  @TempDir Path folder;
  private final CommandHarness harness = new CommandHarness();

  @Test
  void a_machine_in_order_gets_a_line_for_each_check_and_the_exit_code_0() throws IOException {
    assertThat(doctor(Map.of(), "--data-dir", folder.resolve("new").toString())).isZero();
    assertThat(harness.out())
        .contains("PyTorch 2.7.1", "is made at the first start", Runtime.version().toString());
    assertThat(Files.exists(folder.resolve("new"))).as("it changes nothing").isFalse();
  }

  @Test
  void the_schema_of_a_database_is_told_and_the_file_is_not_changed() throws Exception {
    database(
        "create table \"flyway_schema_history\" (\"installed_rank\" int, \"version\""
            + " varchar(50), \"success\" boolean)",
        "insert into \"flyway_schema_history\" values (1, '1', true), (2, '5', true)");
    byte[] before = Files.readAllBytes(folder.resolve("lab.mv.db"));
    assertThat(doctor(Map.of(), "--data-dir", folder.toString())).isZero();
    assertThat(harness.out()).contains("H2 2.", "schema version 5");
    assertThat(Files.readAllBytes(folder.resolve("lab.mv.db"))).isEqualTo(before);
  }

  @Test
  void a_change_of_the_schema_that_was_broken_off_is_a_problem() throws Exception {
    database(
        "create table \"flyway_schema_history\" (\"installed_rank\" int, \"version\""
            + " varchar(50), \"success\" boolean)",
        "insert into \"flyway_schema_history\" values (1, '1', true), (2, '5', false)");
    assertThat(doctor(Map.of(), "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(harness.out()).contains("schema version 5 was broken off", "-> Restore");
  }

  @Test
  void a_database_in_use_is_left_alone() throws Exception {
    database();
    try (FileChannel file =
            FileChannel.open(folder.resolve("lab.mv.db"), StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(doctor(Map.of(), "--data-dir", folder.toString())).isZero();
    }
    assertThat(harness.out()).contains("NOTE     database", "in use by a fourier-masks that runs");
  }

  @Test
  void a_file_that_is_no_database_is_a_problem_with_a_remedy() throws Exception {
    Files.writeString(folder.resolve("lab.mv.db"), "no database at all");
    assertThat(doctor(Map.of(), "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(harness.out()).contains("PROBLEM  database", "cannot be read", "-> Move the file");
  }

  @Test
  void a_data_folder_that_is_a_file_is_a_problem_with_a_remedy() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "no folder");
    assertThat(doctor(Map.of(), "--data-dir", file.toString())).isEqualTo(1);
    assertThat(harness.out()).contains("is no folder", "-> Choose another one with --data-dir");
  }

  @Test
  void a_postgresql_that_is_not_there_is_a_problem_and_its_password_is_not_shown()
      throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    String url = "postgresql://lab:s3cret@127.0.0.1:%d/lab".formatted(unused);
    assertThat(doctor(Map.of("FOURIER_MASKS_DATABASE_URL", url), "--data-dir", folder.toString()))
        .isEqualTo(1);
    assertThat(harness.out())
        .contains("PROBLEM  database", "Look whether it runs and listens")
        .doesNotContain("s3cret");
    assertThat(doctor(Map.of("FOURIER_MASKS_DATABASE_URL", "mysql://x/y"))).isEqualTo(2);
  }

  @Test
  void a_postgresql_is_told_with_its_version_and_a_wrong_name_with_a_remedy() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      String url = "postgresql://postgres@127.0.0.1:%d/".formatted(server.getPort());
      assertThat(doctor(Map.of("FOURIER_MASKS_DATABASE_URL", url + "postgres"))).isZero();
      assertThat(harness.out()).contains("OK       database     PostgreSQL", "empty");
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create table flyway_schema_history (installed_rank int, version varchar(50), success"
                + " boolean)");
        statement.execute("insert into flyway_schema_history values (1, '5', true)");
      }
      assertThat(doctor(Map.of("FOURIER_MASKS_DATABASE_URL", url + "postgres"))).isZero();
      assertThat(harness.out()).contains("schema version 5");
      assertThat(doctor(Map.of("FOURIER_MASKS_DATABASE_URL", url + "nowhere"))).isEqualTo(1);
      assertThat(harness.out()).contains("-> Create the database (createdb)");
    }
  }

  @Test
  void object_storage_is_tried_out_and_nothing_is_left_there() {
    try (ObjectServer server = new ObjectServer();
        Bucket bucket = server.bucket()) {
      ObjectServer.giveKeys();
      Map<String, String> settings = new HashMap<>(server.environment());
      assertThat(doctor(settings, "--data-dir", folder.toString())).isZero();
      assertThat(harness.out()).contains("OK       objects      s3://lab/of/the-lab/, can be");
      assertThat(bucket.names("")).isEmpty();

      settings.put("FOURIER_MASKS_OBJECTS_URL", "s3://nowhere");
      assertThat(doctor(settings, "--data-dir", folder.toString())).isEqualTo(1);
      assertThat(harness.out())
          .contains("PROBLEM  objects      The object storage s3://nowhere/ refuses (404")
          .contains("-> Its address is FOURIER_MASKS_OBJECTS_URL");
    }
  }

  @Test
  void a_provider_that_answers_under_its_own_name_is_in_order_and_under_another_a_note() {
    try (ProviderServer provider = new ProviderServer()) {
      assertThat(doctor(provider(provider.url()), "--data-dir", folder.toString())).isZero();
      assertThat(harness.out()).contains("OK       provider     " + provider.url() + " answers");
      provider.isCalled("https://login.example.org/realms/lab");
      assertThat(doctor(provider(provider.url()), "--data-dir", folder.toString())).isZero();
      assertThat(harness.out())
          .contains("NOTE     provider     " + provider.url())
          .contains("names https://login.example.org/realms/lab as its issuer");
    }
    assertThat(doctor(Map.of(), "--data-dir", folder.toString())).isZero();
    assertThat(harness.out()).contains("OK       provider     none");
  }

  @Test
  void a_provider_that_is_away_or_half_configured_is_a_problem_with_a_remedy() {
    URI gone;
    try (ProviderServer provider = new ProviderServer()) {
      gone = provider.url();
    }
    assertThat(doctor(provider(gone), "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(harness.out())
        .contains("PROBLEM  provider     " + gone + " does not answer.")
        .contains("-> Look whether the provider runs there, and whether a firewall");
    Map<String, String> half = Map.of("FOURIER_MASKS_OIDC_URL", gone.toString());
    assertThat(doctor(half, "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(harness.out())
        .contains("PROBLEM  provider     FOURIER_MASKS_OIDC_URL", "FOURIER_MASKS_OIDC_CLIENT_ID");
  }

  private static Map<String, String> provider(URI url) {
    return Map.of(
        "FOURIER_MASKS_OIDC_URL", url.toString(), "FOURIER_MASKS_OIDC_CLIENT_ID", "the-lab");
  }

  @Test
  void a_port_that_is_taken_and_a_launcher_that_was_not_used_are_notes() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          doctor(
              Map.of(),
              "--data-dir",
              folder.toString(),
              "--port",
              Integer.toString(taken.getLocalPort()),
              "--json");
      assertThat(code).isZero();
    }
    JsonNode lines = new ObjectMapper().readTree(harness.out());
    List<String> notes = new ArrayList<>();
    lines.forEach(
        line -> {
          if (line.get("result").asText().equals("NOTE")) {
            notes.add(line.get("check").asText());
          }
        });
    assertThat(notes).contains("allocator", "port");
  }

  @Test
  void jemalloc_is_an_allocator_too_if_it_keeps_its_pages() {
    Map<String, String> preloaded =
        Map.of("LD_PRELOAD", "/usr/lib/libjemalloc.so.2", "OMP_WAIT_POLICY", "PASSIVE");
    doctor(preloaded, "--data-dir", folder.toString(), "--port", "1");
    assertThat(harness.out()).contains("NOTE     allocator    MALLOC_CONF not set");
    Map<String, String> told = new HashMap<>(preloaded);
    told.put("MALLOC_CONF", "dirty_decay_ms:-1");
    doctor(told, "--data-dir", folder.toString(), "--port", "1");
    assertThat(harness.out()).contains("OK       allocator    jemalloc keeps its pages");
  }

  private int doctor(Map<String, String> environment, String... args) {
    return harness.run(new DoctorCommand(environment), args);
  }

  private void database(String... statements) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("lab");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
