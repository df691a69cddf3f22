package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobSpecification.ModelMask;
import io.fouriermasks.store.JobSpecification.TrainModel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {

  private static final String STUDY =
      """
      name: two augmentations
      dataset: photos
      architectures: [compact]
      augmentations: [n, adv]
      seeds: [31, 32]
      train: {preset: quick, epochs: 2}
      masks:
        - {kind: model-mask, preset: minibatch, epochs: 3}
        - kind: image-mask
          images: ["0123456789abcdef"]
      """;

  private static final StudyRequest.ModelNames NAMES =
      new StudyRequest.ModelNames() {
        @Override
        public String family(String dataset) {
          return dataset + "-family";
        }

        @Override
        public String id(String family, String architecture, String augmentation) {
          return String.join("/", family, architecture, augmentation);
        }
      };

  private static List<StudyRequest.Part> parts(String yaml) {
    return StudyDocument.ofYaml(yaml).parts(NAMES);
  }

  @Test
  void the_masks_of_a_network_follow_its_training_and_need_it() {
    List<StudyRequest.Part> parts = parts(STUDY);
    assertThat(parts)
        .extracting(StudyRequest.Part::path)
        .startsWith("train", "masks[0]", "masks[1]", "train")
        .hasSize(12);
    assertThat(parts)
        .extracting(StudyRequest.Part::needs)
        .containsExactly(null, 0, 0, null, 3, 3, null, 6, 6, null, 9, 9);
    assertThat(parts.get(1).specification())
        .isEqualTo(
            new ModelMask(
                "photos-family/compact/n", "photos", null, "minibatch", null, 3, null, 31L));
    assertThat(parts.get(2).specification().dataset()).isNull();
  }

  @Test
  void the_networks_of_another_seed_are_of_a_family_of_their_own() {
    List<StudyRequest.Part> parts = parts(STUDY);
    assertThat(parts.get(6).specification())
        .isEqualTo(
            new TrainModel(
                "compact", "n", "photos", "photos-family-s32", "quick", 2, null, null, null, 32L));
    assertThat(parts.get(7).specification().model()).isEqualTo("photos-family-s32/compact/n");
    assertThat(parts.get(7).specification().seed()).isEqualTo(32);
  }

  @Test
  void masks_of_models_that_are_there_need_nothing() {
    List<StudyRequest.Part> parts =
        parts(
            """
            name: seeds
            family: surfaces
            dataset: photos
            split: val
            architectures: [compact]
            augmentations: [n]
            seeds: [1, 2]
            masks: [{kind: heat-map, radius: 2}]
            """);
    assertThat(parts)
        .extracting(StudyRequest.Part::specification)
        .containsExactly(
            new JobSpecification.HeatMap("surfaces/compact/n", "photos", "val", null, 2, null, 1L),
            new JobSpecification.HeatMap("surfaces/compact/n", "photos", "val", null, 2, null, 2L));
    assertThat(parts).extracting(StudyRequest.Part::needs).containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "augmentations: [n, adv] | augmentation: n          | augmentation",
        "augmentations: [n, adv] | augmentations: [n, n]     | augmentations",
        "augmentations: [n, adv] | augmentations: []         | augmentations",
        "seeds: [31, 32]         | seeds: [31.5]             | seeds[0]",
        "seeds: [31, 32]         | seeds: [-1]               | seeds",
        "epochs: 2               | epoch: 2                  | train.epoch",
        "epochs: 2               | epochs: many              | train.epochs",
        "epochs: 2               | epochs: 2.5               | train.epochs",
        "epochs: 2               | seed: 2                   | train.seed",
        "epochs: 3               | epoch: 3                  | masks[0].epoch",
        "epochs: 3               | model: x                  | masks[0].model",
        "kind: image-mask        | kind: picture             | masks[1].kind",
        "kind: image-mask        | kind: train-model         | masks[1].kind",
        "dataset: photos         | split: val                | dataset",
        "name: two augmentations | nam: two augmentations     | nam",
      })
  void what_is_wrong_is_named(String right, String wrong, String field) {
    assertThat(STUDY).contains(right);
    assertThatExceptionOfType(InvalidSpecificationException.class)
        .isThrownBy(() -> parts(STUDY.replace(right, wrong)))
        .returns(field, InvalidSpecificationException::field);
  }

  @Test
  void a_study_of_too_many_jobs_is_refused() {
    String seeds = "seeds: " + IntStream.range(0, 90).boxed().toList();
    assertThatExceptionOfType(InvalidSpecificationException.class)
        .isThrownBy(() -> parts(STUDY.replace("seeds: [31, 32]", seeds)))
        .withMessageContaining("540 jobs");
  }

  @Test
  void what_is_no_study_is_refused() {
    for (String text : List.of("", "- a list", "name: [", "a: 1\na: 2")) {
      assertThatExceptionOfType(InvalidSpecificationException.class)
          .as(text)
          .isThrownBy(() -> StudyDocument.ofYaml(text));
    }
    assertThatExceptionOfType(InvalidSpecificationException.class)
        .isThrownBy(() -> StudyDocument.ofJson("{\"name\": \"x\"} more"));
  }
}
