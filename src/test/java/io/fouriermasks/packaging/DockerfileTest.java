package io.fouriermasks.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for Dockerfiles that matter, of both of ours. */
class DockerfileTest {

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
  private @interface EachDockerfile {}

  private static Dockerfile read(String name) throws Exception {
    return Dockerfile.read(Path.of("docker", name));
  }

  @EachDockerfile
  void every_base_has_a_version(String name) throws Exception {
    assertThat(read(name).all("FROM"))
        .hasSize(2)
        .allMatch(base -> base.equals("scratch") || base.matches("\\S+:\\d+\\.\\d+\\S*( AS \\w+)?"))
        // a short name, of the engine's own registry
        .noneMatch(base -> base.matches("[^/]*\\.[^/]*/.*"));
  }

  @EachDockerfile
  void the_image_runs_as_a_user_of_nobody(String name) throws Exception {
    assertThat(read(name).image().all("USER")).containsExactly("10001:10001");
  }

  @EachDockerfile
  void java_is_started_without_a_shell_so_that_it_gets_the_signals(String name) throws Exception {
    Dockerfile image = read(name).image();
    for (String command : new String[] {"ENTRYPOINT", "CMD"}) {
      assertThat(image.instructions())
          .filteredOn(each -> each.name().equals(command))
          .hasSize(1)
          .allMatch(Dockerfile.Instruction::isExec);
    }
    assertThat(image.command("ENTRYPOINT")).first().asString().endsWith("/bin/java");
    assertThat(image.all("STOPSIGNAL")).containsExactly("SIGTERM");
  }

  @EachDockerfile
  void the_health_check_needs_no_tool_but_the_program(String name) throws Exception {
    Dockerfile image = read(name).image();
    assertThat(image.all("HEALTHCHECK")).hasSize(1);
    assertThat(image.healthCheck())
        .startsWith(image.command("ENTRYPOINT").get(0))
        .endsWith("/opt/fourier-masks/app/quarkus-run.jar", "health");
  }

  @EachDockerfile
  void nothing_is_fetched_but_packages_and_their_lists_are_removed(String name) throws Exception {
    Dockerfile file = read(name);
    assertThat(file.all("ADD")).isEmpty();
    assertThat(file.all("RUN"))
        .noneMatch(command -> command.matches(".*\\b(curl|wget|sudo)\\b.*"))
        .filteredOn(command -> command.contains("apt-get update"))
        .isNotEmpty()
        .allMatch(command -> command.contains("rm -rf /var/lib/apt/lists/*"));
    assertThat(file.all("RUN"))
        .filteredOn(command -> command.contains("apt-get install"))
        .allMatch(command -> command.contains("--yes --no-install-recommends"));
  }

  @EachDockerfile
  void both_images_keep_data_and_temporary_files_in_volumes(String name) throws Exception {
    Dockerfile image = read(name).image();
    assertThat(image.command("VOLUME")).containsExactly("/data", "/tmp");
    assertThat(image.command("CMD")).containsSequence("--data-dir", "/data");
    assertThat(image.environment())
        .containsEntry("DJL_CACHE_DIR", "/tmp/djl")
        .containsKeys(
            "LD_PRELOAD", "MALLOC_CONF", "LC_ALL", "OMP_WAIT_POLICY", "PYTORCH_LIBRARY_PATH");
  }
}
