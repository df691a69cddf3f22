package io.fouriermasks.api;

import io.fouriermasks.job.data.Dataset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Image folders that jobs can use. */
@Schema(name = "Dataset", description = "Image folders that jobs can use.")
public record DatasetView(
    String id,
    @Schema(description = "Of its folder.") String name,
    @Schema(description = "Name of the data root that it lies in.") String root,
    List<SplitView> splits,
    @Schema(description = "The split that masks are trained over unless another is named, or null.")
        String evaluation,
    @Schema(description = "Whether it lies in the lab's data folder, where it can be deleted.")
        boolean own,
    @Schema(description = "Why a part of it cannot be used, or null.") String problem) {

  /** Images with their classes. */
  @Schema(name = "Split")
  public record SplitView(
      @Schema(description = "train, val or test, or all where it is not divided.") String name,
      int images,
      List<ClassView> classes) {

    static SplitView of(Dataset.Split split) {
      return new SplitView(
          split.name(), split.images(), split.classes().stream().map(ClassView::of).toList());
    }
  }

  /** A class. */
  @Schema(name = "ImageClass")
  public record ClassView(
      String name, @Schema(description = "Name of its folder.") String folder, int images) {

    static ClassView of(Dataset.ImageClass one) {
      return new ClassView(one.name(), one.folder(), one.images());
    }
  }

  static DatasetView of(Dataset dataset) {
    return new DatasetView(
        dataset.id(),
        dataset.name(),
        dataset.root(),
        dataset.splits().stream().map(SplitView::of).toList(),
        dataset.evaluation().map(Dataset.Split::name).orElse(null),
        dataset.own(),
        dataset.problem());
  }
}
