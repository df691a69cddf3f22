package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deleting models and datasets, and having them back. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class DeletedFileApiTest {

  @Inject Jobs jobs;
  @Inject JobStates states;
  @Inject LabConfig config;

  @Test
  void one_deletes_ones_own_model_and_has_it_back() {
    LabUser user = LabUser.add("model-deleter", "researcher");
    String model = user.imports("unwanted");
    String address = "/api/models/" + model;
    user.asks()
        .get(address + "/use")
        .then()
        .statusCode(200)
        .body("own", equalTo(true))
        .body("createdBy", equalTo("model-deleter"))
        .body("jobs", equalTo(List.of()))
        .body("mayDelete", equalTo(true))
        .body("deleted", equalTo(false));
    user.asks().delete(address).then().statusCode(204);
    user.asks().get("/api/models?limit=500").then().body("items.id", not(hasItem(model)));
    user.asks().get(address + "/use").then().body("deleted", equalTo(true));
    user.asks().delete(address).then().statusCode(404);
    user.sends("/api/jobs", Map.of("kind", "image-mask", "model", model, "images", List.of("i")))
        .then()
        .statusCode(400)
        .body("field", equalTo("model"))
        .body("detail", containsString("is deleted; restore it"));
    user.asks()
        .multiPart("file", "w.safetensors", user.asks().get(address + "/weights").asByteArray())
        .multiPart("family", "unwanted")
        .post("/api/models/import")
        .then()
        .statusCode(400)
        .body("field", equalTo("family"))
        .body("detail", containsString("is deleted and can be restored"));
    user.asks()
        .get("/api/models/deleted")
        .then()
        .body("items.find { it.id == '%s' }.deletedBy".formatted(model), equalTo("model-deleter"))
        .body("items.find { it.id == '%s' }.mayRestore".formatted(model), equalTo(true));
    user.asks().post(address + "/restore").then().statusCode(200).body("id", equalTo(model));
    user.asks().get("/api/models?limit=500").then().body("items.id", hasItem(model));
    user.asks().post(address + "/restore").then().statusCode(404);
    LabUser.ADMIN
        .asks()
        .queryParam("actor", "model-deleter")
        .get("/api/audit")
        .then()
        .body("items[0].action", equalTo("model-restore"))
        .body("items[1].action", equalTo("model-delete"))
        .body("items[1].subject", equalTo("model " + model));
  }

  @Test
  void a_model_that_something_was_made_with_stays_until_that_is_deleted() {
    String model = LabUser.ADMIN.imports("needed");
    long job =
        jobs.insert(
                JobSpecification.imageMasks(model, List.of(LabUser.ADMIN.uploads(5302))),
                model,
                new Actor("somebody"))
            .id();
    states.decide(job, any -> Optional.of(JobState.CANCELLED));
    LabUser.ADMIN
        .asks()
        .delete("/api/models/" + model)
        .then()
        .statusCode(409)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("delete first what was made with it, job " + job));
    LabUser.ADMIN.asks().delete("/api/jobs/" + job).then().statusCode(204);
    LabUser.ADMIN.asks().delete("/api/models/" + model).then().statusCode(204);
    LabUser.ADMIN.asks().post("/api/jobs/%d/restore".formatted(job)).then().statusCode(200);
    LabUser.ADMIN.asks().get("/api/models?limit=500").then().body("items.id", hasItem(model));
  }

  @Test
  void what_comes_with_the_program_cannot_be_deleted() {
    LabUser.ADMIN
        .asks()
        .get("/api/models/%s/use".formatted(LabFolder.MODEL))
        .then()
        .body("own", equalTo(false))
        .body("createdBy", nullValue())
        .body("mayDelete", equalTo(false));
    LabUser.ADMIN
        .asks()
        .delete("/api/models/" + LabFolder.MODEL)
        .then()
        .statusCode(409)
        .body("detail", containsString("comes with the program"));
    LabUser.ADMIN
        .asks()
        .delete("/api/datasets/" + LabFolder.DATASET)
        .then()
        .statusCode(409)
        .body("detail", containsString("does not lie in the lab's data folder"));
    LabUser.ADMIN.asks().delete("/api/models/none").then().statusCode(404);
    LabUser.ADMIN.asks().delete("/api/datasets/none").then().statusCode(404);
  }

  @Test
  void a_model_and_a_dataset_of_others_are_an_administrators_to_delete() {
    LabUser owner = LabUser.add("file-owner", "researcher");
    LabUser other = LabUser.add("file-jealous", "researcher");
    String model = owner.imports("precious");
    owner.uploadsDataset("precious").then().statusCode(201);
    for (String address : List.of("/api/models/" + model, "/api/datasets/datasets:precious")) {
      other
          .asks()
          .delete(address)
          .then()
          .statusCode(403)
          .contentType(Problem.MEDIA_TYPE)
          .body("detail", containsString("file-owner"));
      other.asks().get(address + "/use").then().body("mayDelete", equalTo(false));
      LabUser.ADMIN.asks().delete(address).then().statusCode(204);
      other.asks().post(address + "/restore").then().statusCode(403);
      owner.asks().post(address + "/restore").then().statusCode(200);
    }
  }

  @Test
  void one_deletes_ones_own_dataset_and_has_it_back() {
    LabUser user = LabUser.add("dataset-deleter", "researcher");
    user.uploadsDataset("unwanted").then().statusCode(201).body("own", equalTo(true));
    String id = "datasets:unwanted";
    String address = "/api/datasets/" + id;
    user.asks()
        .get(address + "/use")
        .then()
        .body("createdBy", equalTo("dataset-deleter"))
        .body("jobs", equalTo(List.of()))
        .body("endedJobs", equalTo(0))
        .body("mayDelete", equalTo(true));
    user.asks().delete(address).then().statusCode(204);
    user.asks().get(address).then().statusCode(404);
    user.asks().get("/api/datasets").then().body("items.id", not(hasItem(id)));
    user.asks().delete(address).then().statusCode(404);
    user.uploadsDataset("unwanted")
        .then()
        .statusCode(400)
        .body("field", equalTo("name"))
        .body("detail", containsString("is deleted and can be restored"));
    assertThat(config.dataDir().resolve("datasets/unwanted/val/b/1.png")).exists();
    user.asks().get("/api/datasets/deleted").then().body("items.id", hasItem(id));
    user.asks().post(address + "/restore").then().statusCode(200).body("id", equalTo(id));
    user.asks().get("/api/datasets").then().body("items.id", hasItem(id));
    LabUser.ADMIN
        .asks()
        .queryParam("actor", "dataset-deleter")
        .get("/api/audit")
        .then()
        .body("items[0].action", equalTo("dataset-restore"))
        .body("items[1].action", equalTo("dataset-delete"));
  }
}
