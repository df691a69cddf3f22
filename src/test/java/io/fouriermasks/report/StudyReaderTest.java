package io.fouriermasks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.StudyFolders.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReaderTest {

  @TempDir Path folder;

  @Test
  void masks_are_told_by_their_names_and_other_files_passed_over() throws IOException {
    TinyStudy tiny = new TinyStudy(folder).withMasks();
    tiny.mask("compact_mask_adv_dune", TinyStudy.plateau(1, 5, 0, 0), 0.9, 1);
    tiny.mask("vgg_mask_n", TinyStudy.plateau(1, 5, 0, 0), 0.9, 1);
    tiny.imageMask(Variant.ATTACKED, 2, 0, TinyStudy.plateau(1, 5, 0, 0));
    Files.writeString(folder.resolve("masks/notes.txt"), "no mask");
    Study study = tiny.read();
    assertThat(study.architectures()).containsExactly(Architecture.VGG11, Architecture.COMPACT);
    assertThat(study.modelMasks(Architecture.COMPACT))
        .extracting(StudyMask::augmentation)
        .containsExactly(Augmentation.values());
    assertThat(study.classMasks(Architecture.COMPACT))
        .singleElement()
        .satisfies(mask -> assertThat(mask.name()).isEqualTo("compact adv dune"));
    assertThat(study.imageMasks(Architecture.COMPACT, Variant.ATTACKED))
        .singleElement()
        .satisfies(
            mask -> {
              assertThat(mask.key()).isEqualTo("dune/0");
              assertThat(mask.label()).isEqualTo(2);
              assertThat(mask.predictionKept()).isTrue();
            });
  }

  @Test
  void one_architecture_can_be_chosen() throws IOException {
    TinyStudy tiny = new TinyStudy(folder).withMasks();
    Study study =
        new StudyReader(tiny.folders(), Optional.of(Architecture.RESNET18), Progress.NONE).read();
    assertThat(study.masks()).isEmpty();
  }

  @Test
  void a_damaged_mask_is_named_with_its_folder() throws IOException {
    TinyStudy tiny = new TinyStudy(folder).withMasks();
    Path broken = Files.writeString(folder.resolve("masks/compact_mask_n.npz"), "PK broken");
    InvalidStudyException thrown = catchThrowableOfType(InvalidStudyException.class, tiny::read);
    assertThat(thrown.part()).isEqualTo(Part.MASKS);
    assertThat(thrown).hasMessageStartingWith(broken.toString());
  }

  @Test
  void a_split_of_other_classes_does_not_fit() throws IOException {
    TinyStudy tiny = new TinyStudy(folder).withModels(Augmentation.NORMAL);
    Files.createDirectories(folder.resolve("val/lake"));
    Files.write(folder.resolve("val/lake/0.png"), new byte[1]);
    InvalidStudyException thrown = catchThrowableOfType(InvalidStudyException.class, tiny::read);
    assertThat(thrown.part()).isEqualTo(Part.TEST_DATA);
    assertThat(thrown).hasMessageContaining("[lake]").hasMessageContaining("compact n knows");
  }
}
