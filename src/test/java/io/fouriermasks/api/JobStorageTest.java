package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What jobs make counts for who has started them. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(JobStorageTest.KeepingLab.class)
class JobStorageTest {

  /** A program of its own: a model is left behind. */
  public static class KeepingLab extends LockedLab {}

  /** A mask of 128 x 128 numbers of four bytes. */
  private static final long PLANE = 128 * 128 * 4;

  private static long used(LabUser user) {
    return user.asks().get("/api/me").jsonPath().getLong("use.storage");
  }

  private static String done(LabUser user, Map<String, Object> specification) {
    String id = user.sends("/api/jobs", specification).then().statusCode(202).extract().path("id");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> user.asks().get("/api/jobs/" + id).path("state"), "SUCCEEDED"::equals);
    return id;
  }

  @Test
  void masks_and_their_previews_count_and_so_do_the_weights_of_a_trained_model() {
    LabUser user = LabUser.add("keeper", "researcher");
    String image = user.uploads(7501);
    long before = used(user);
    String job =
        done(
            user,
            Map.of(
                "kind",
                "image-mask",
                "model",
                LabFolder.MODEL,
                "images",
                List.of(image),
                "maxSteps",
                20));
    String mask = user.asks().get("/api/jobs/" + job).path("masks[0].id");
    int archive = user.asks().get("/api/masks/%s.npz".formatted(mask)).asByteArray().length;
    int masked = user.asks().get("/api/masks/%s/masked.png".formatted(mask)).asByteArray().length;
    int previews =
        user.asks().get("/api/jobs/%s/previews".formatted(job)).jsonPath().getList("items").size();
    long mine = used(user) - before;
    assertThat(previews).isPositive();
    // the pictures of previews are not much larger or smaller than that of the mask
    long least = PLANE + archive + masked + previews * PLANE;
    assertThat(mine).isBetween(least, least + 2L * previews * masked);

    long masks = used(user);
    done(
        user,
        Map.of(
            "kind",
            "train-model",
            "architecture",
            "compact",
            "dataset",
            LabFolder.DATASET,
            "family",
            "kept",
            "preset",
            "quick",
            "epochs",
            1));
    int weights = user.asks().get("/api/models/kept-compact-n/weights").asByteArray().length;
    assertThat(used(user) - masks).isBetween((long) weights, weights + 50_000L);
  }
}
