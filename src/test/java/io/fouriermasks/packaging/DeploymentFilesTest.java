package io.fouriermasks.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files for container engines: the rules that matter, and what two of them have to agree on.
 */
class DeploymentFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCKER = Path.of("docker");

  @TempDir Path folder;

  /** A compose file, with its anchors put in. */
  private static JsonNode compose(String name) throws Exception {
    Object merged =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(DOCKER.resolve(name)));
    return JSON.valueToTree(merged);
  }

  /** The services that run our images. */
  private static List<JsonNode> labs(JsonNode file) {
    List<JsonNode> labs = new ArrayList<>();
    file.path("services")
        .forEach(
            service -> {
              if (service.path("image").asText().startsWith("fourier-masks:")) {
                labs.add(service);
              }
            });
    return labs;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yml", "compose.cpu.yml"})
  void every_container_of_ours_can_write_to_its_volumes_alone(String name) throws Exception {
    assertThat(labs(compose(name)))
        .isNotEmpty()
        .allSatisfy(
            service -> {
              assertThat(service.path("read_only").asBoolean()).isTrue();
              assertThat(texts(service.path("tmpfs")))
                  .hasSize(1)
                  .first()
                  .asString()
                  .startsWith("/tmp:");
              assertThat(texts(service.path("volumes"))).contains("data:/data");
              assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
              assertThat(texts(service.path("security_opt"))).contains("no-new-privileges:true");
              assertThat(service.has("privileged") || service.has("user")).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yml", "compose.cpu.yml"})
  void every_service_has_limits_a_version_and_volumes_that_are_declared(String name)
      throws Exception {
    JsonNode file = compose(name);
    file.path("services")
        .forEach(
            service -> {
              assertThat(service.path("image").asText()).matches("[a-z-]+:\\d+(\\.\\d+)*(-cuda)?");
              JsonNode limits = service.path("deploy").path("resources").path("limits");
              assertThat(limits.has("cpus") && limits.has("memory")).isTrue();
              for (String volume : texts(service.path("volumes"))) {
                assertThat(file.path("volumes").has(volume.split(":")[0])).as(volume).isTrue();
              }
              for (String secret : texts(service.path("secrets"))) {
                assertThat(file.path("secrets").has(secret)).as(secret).isTrue();
              }
              service
                  .path("depends_on")
                  .fieldNames()
                  .forEachRemaining(
                      other -> assertThat(file.path("services").has(other)).as(other).isTrue());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yml", "compose.cpu.yml"})
  void other_machines_reach_a_lab_only_if_somebody_wants_it(String name) throws Exception {
    for (JsonNode service : compose(name).path("services")) {
      assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
    }
  }

  private static boolean isThere(String command) throws Exception {
    return Script.run(Map.of(), "bash", "-c", command).code() == 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yml", "compose.cpu.yml"})
  void an_engine_that_is_there_accepts_the_file(String name) throws Exception {
    String file = Files.readString(DOCKER.resolve(name));
    List<String> command = List.of("docker", "compose");
    if (!isThere("docker compose version")) {
      assumeTrue(isThere("docker-compose version"), "Docker Compose is not installed");
      command = List.of("docker-compose");
      // the first one did not know that a file may have a name
      file = file.replaceFirst("(?m)^name: .*", "");
    }
    Path copy = Files.writeString(folder.resolve(name), file);
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--file", copy.toString(), "config", "--quiet"));
    Script.Result said = Script.run(Map.of(), words.toArray(String[]::new));
    assertThat(said.code()).as(said.text()).isZero();
  }

  @Test
  void processes_of_a_group_share_database_data_and_token_and_no_secret_is_in_the_file()
      throws Exception {
    List<JsonNode> labs = labs(compose("compose.yml"));
    assertThat(labs)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            service -> {
              JsonNode environment = service.path("environment");
              assertThat(environment.path("FOURIER_MASKS_DATABASE_URL").asText())
                  .isEqualTo("postgresql://lab@database:5432/lab");
              assertThat(environment.path("FOURIER_MASKS_DATABASE_PASSWORD_FILE").asText())
                  .isEqualTo("/run/secrets/database-password");
              assertThat(environment.path("FOURIER_MASKS_ACCESS_TOKEN_FILE").asText())
                  .isEqualTo("/run/secrets/access-token");
            });
    assertThat(labs)
        .filteredOn(service -> texts(service.path("command")).contains("worker"))
        .hasSize(labs.size() - 1)
        // the image's health check asks at its own port 8080
        .allMatch(service -> texts(service.path("command")).contains("8080"));
  }

  @Test
  void every_gpu_has_a_worker_of_its_own() throws Exception {
    List<String> devices = new ArrayList<>();
    for (JsonNode service : labs(compose("compose.yml"))) {
      service
          .path("deploy")
          .at("/resources/reservations/devices")
          .forEach(device -> devices.addAll(texts(device.path("device_ids"))));
    }
    assertThat(devices).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void pods_are_locked_as_containers_are_and_their_probes_call_the_lab_by_a_name_that_it_knows()
      throws Exception {
    List<JsonNode> objects = new ArrayList<>();
    YAMLFactory yaml = new YAMLFactory();
    try (var parser = yaml.createParser(DOCKER.resolve("kubernetes.yaml").toFile())) {
      new ObjectMapper(yaml)
          .readerFor(JsonNode.class)
          .readValues(parser)
          .forEachRemaining(object -> objects.add((JsonNode) object));
    }
    List<JsonNode> pods =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("Deployment"))
            .map(object -> object.at("/spec/template/spec"))
            .toList();
    assertThat(pods)
        .hasSize(2)
        .allSatisfy(
            pod -> {
              assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
              assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
              assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
              JsonNode container = pod.path("containers").path(0);
              JsonNode security = container.path("securityContext");
              assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
              assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              for (String probe : Set.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode get = container.path(probe).path("httpGet");
                assertThat(get.path("path").asText()).startsWith("/q/health/");
                assertThat(get.at("/httpHeaders/0/name").asText()).isEqualTo("Host");
                assertThat(get.at("/httpHeaders/0/value").asText()).isEqualTo("localhost");
              }
              assertThat(container.at("/resources/limits").has("memory")).isTrue();
            });
    assertThat(pods.get(1).at("/containers/0/resources/limits/nvidia.com~1gpu").asInt())
        .isEqualTo(1);
    assertThat(objects)
        .anyMatch(object -> object.path("kind").asText().equals("PodDisruptionBudget"))
        .anyMatch(object -> object.path("kind").asText().equals("PersistentVolumeClaim"));
  }
}
