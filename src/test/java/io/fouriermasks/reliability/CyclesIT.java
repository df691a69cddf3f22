package io.fouriermasks.reliability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.page.KitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tiny jobs, one after the other, in one process. A few here; more with {@code -Dcycles=N}.
 */
class CyclesIT {

  private static final int CYCLES = Integer.getInteger("cycles", 60);
  private static final int SAMPLES = 10;

  /** From then on nothing may grow: caches are full and the code is compiled. */
  private static final int WARM_UP = CYCLES >= 1000 ? 100 : CYCLES / 2;

  @TempDir Path folder;

  @Test
  void neither_native_arrays_nor_memory_grow() throws Exception {
    try (KitServer server = KitServer.start(folder)) {
      String image = given().get(server.at("/api/images?limit=1")).path("items[0].id");
      Map<String, Object> tiny =
          Map.of("kind", "image-mask", "model", Lab.MODEL, "images", List.of(image), "maxSteps", 3);
      List<Vitals> samples = new ArrayList<>();
      for (int cycle = 1; cycle <= CYCLES; cycle++) {
        String job =
            given()
                .contentType("application/json")
                .body(tiny)
                .post(server.at("/api/jobs"))
                .path("id");
        await()
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> given().get(server.at("/api/jobs/" + job)).path("state").equals("SUCCEEDED"));
        if (cycle >= WARM_UP && cycle % (CYCLES / SAMPLES) == 0) {
          Vitals vitals = Vitals.of(server.pid());
          System.out.printf("cycle %d: %s%n", cycle, vitals);
          samples.add(vitals);
        }
      }
      Vitals first = samples.get(0);
      Vitals last = samples.get(samples.size() - 1);
      assertThat(samples).extracting(Vitals::arrays).containsOnly(first.arrays());
      assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 2);
      assertThat((double) last.resident()).isLessThan(first.resident() * 1.15);
    }
  }
}
