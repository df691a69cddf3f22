package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobSpecificationTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void a_specification_of_every_kind_is_read_as_it_was_written() throws Exception {
    for (JobSpecification specification :
        List.of(
            new JobSpecification.ImageMasks("m", List.of("i", "j"), true, "paper", 50, 7L),
            new JobSpecification.ModelMask("m", "d", "val", "minibatch", 8, 5, 0.9, 7L),
            new JobSpecification.ClassMasks("m", "d", "val", List.of("a"), "paper", 1, 5, 0.9, 7L),
            new JobSpecification.TrainModel("vgg", "adv", "d", "f", "paper", 3, 16, 0.01, 0.5, 7L),
            new JobSpecification.HeatMap("m", "d", "val", 4.0, 9, 10, 7L))) {
      String text = json.writeValueAsString(specification);
      assertThat(json.readTree(text).get("kind").asText())
          .isEqualTo(specification.kind().urlName());
      assertThat(json.readValue(text, JobSpecification.class)).isEqualTo(specification);
    }
  }

  @Test
  void what_an_earlier_version_wrote_is_read() throws Exception {
    assertThat(
            read(
                "{'kind':'image-mask','model':'m','images':['i'],'preset':'paper',"
                    + "'maxSteps':100,'seed':31}"))
        .isEqualTo(new JobSpecification.ImageMasks("m", List.of("i"), false, "paper", 100, 31L));
  }

  @Test
  void what_is_left_out_has_the_published_settings() throws Exception {
    assertThat(read("{'kind':'image-mask','model':'m','images':['i']}"))
        .isEqualTo(JobSpecification.imageMasks("m", List.of("i")));
    assertThat(read("{'kind':'model-mask','model':'m','dataset':'d'}"))
        .isEqualTo(new JobSpecification.ModelMask("m", "d", null, "paper", 1, 100, 0.99, 31L));
    assertThat(read("{'kind':'class-mask','model':'m','dataset':'d','classes':[1,'b']}"))
        .isEqualTo(
            new JobSpecification.ClassMasks(
                "m", "d", null, List.of("1", "b"), "paper", 1, 100, 0.99, 31L));
    assertThat(read("{'kind':'train-model','architecture':'vgg','dataset':'d'}"))
        .isEqualTo(
            new JobSpecification.TrainModel(
                "vgg", "n", "d", null, "paper", 50, 128, 0.001, 0.08, 31L));
    assertThat(read("{'kind':'heat-map','model':'m','dataset':'d'}"))
        .isEqualTo(new JobSpecification.HeatMap("m", "d", null, 23.0, 16, 50, 31L));
  }

  @Test
  void a_preset_sets_what_is_left_out_and_nothing_else() throws Exception {
    JobSpecification.TrainModel quick =
        (JobSpecification.TrainModel)
            read("{'kind':'train-model','architecture':'compact','preset':'quick','epochs':3}");
    assertThat(quick.epochs()).isEqualTo(3);
    assertThat(quick.batchSize()).isEqualTo(32);
    JobSpecification.ModelMask minibatch =
        (JobSpecification.ModelMask) read("{'kind':'model-mask','preset':'minibatch'}");
    assertThat(minibatch.batchSize()).isEqualTo(16);
  }

  @Test
  void a_job_names_what_it_works_on() {
    assertThat(JobSpecification.imageMasks("m", List.of("i")).imageIds()).containsExactly("i");
    assertThat(new JobSpecification.HeatMap("m", "d", null, null, null, null, null))
        .returns("m", JobSpecification::model)
        .returns("d", JobSpecification::dataset)
        .returns(List.of(), JobSpecification::imageIds);
    assertThat(json.convertValue(JobSpecification.imageMasks("m", List.of()), Map.class))
        .containsOnlyKeys("kind", "model", "images", "attacked", "preset", "maxSteps", "seed");
  }

  private JobSpecification read(String text) throws JsonProcessingException {
    return json.readValue(text.replace('\'', '"'), JobSpecification.class);
  }
}
