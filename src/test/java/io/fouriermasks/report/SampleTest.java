package io.fouriermasks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {

  @TempDir Path folder;

  @Test
  void photographs_are_drawn_evenly_by_class_each_once_and_the_same_for_the_same_seed()
      throws IOException {
    new TinyStudy(folder).withPhotographs(3);
    EvaluationDataset data =
        EvaluationDataset.load(
            ImageFolder.open(folder.resolve("val")), new EvaluationTransform(128), done -> {});
    Sample sample = Sample.draw(data, 10, 7);
    assertThat(sample.indices()).hasSize(10).doesNotHaveDuplicates().isSorted();
    assertThat(sample.indices().stream().map(data::label))
        .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
    assertThat(Sample.draw(data, 10, 7)).isEqualTo(sample);
    assertThat(Sample.draw(data, 10, 8)).isNotEqualTo(sample);
    assertThat(Sample.draw(data, 100, 7).indices()).hasSize(15);
  }
}
