package io.fouriermasks.job;

import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.SearchSettings;
import io.fouriermasks.training.StopReason;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trains one mask for each image of a job, many at once. */
@Singleton
class ImageMaskJob {

  private final Models models;
  private final Images images;
  private final InputPictures inputs;
  private final FrozenNetworks networks;
  private final JobFolders folders;
  private final JobOutput.Opener outputs;

  ImageMaskJob(
      Models models,
      Images images,
      InputPictures inputs,
      FrozenNetworks networks,
      JobFolders folders,
      JobOutput.Opener outputs) {
    this.models = models;
    this.images = images;
    this.inputs = inputs;
    this.networks = networks;
    this.folders = folders;
    this.outputs = outputs;
  }

  /**
   * Does the work on the calling thread.
   *
   * @return whether all masks are made; false if it was stopped
   * @throws JobFailedException if it cannot be done, with a message for the user
   * @throws java.util.concurrent.CancellationException if it was stopped before the training
   */
  boolean run(Job job, JobSpecification.ImageMasks specification, BooleanSupplier isStopped) {
    Model model = models.get(specification.model());
    Map<String, Image> stored = images.byIds(specification.images());
    List<Image> pictures = new ArrayList<>();
    List<float[]> normalised = new ArrayList<>();
    for (String id : specification.images()) {
      pictures.add(stored.get(id));
      normalised.add(inputs.read(stored.get(id), model));
    }
    Optional<EvaluationAttack> attack =
        specification.attacked()
            ? Optional.of(new EvaluationAttack(Pgd.PAPER, specification.seed()))
            : Optional.empty();
    SearchSettings settings = settings(specification);
    return networks.use(
        model,
        network -> {
          try (JobOutput output = outputs.open(job)) {
            List<float[]> shown =
                attack
                    .map(pgd -> attacked(network, normalised, pgd, output, isStopped))
                    .orElse(normalised);
            ImageMaskRecorder.Task task =
                new ImageMaskRecorder.Task(job, model, pictures, shown, network, settings, attack);
            return train(task, output, isStopped);
          }
        });
  }

  /** How the masks of a specification that was accepted are searched for. */
  static SearchSettings settings(JobSpecification.ImageMasks accepted) {
    return SearchSettings.preset(accepted.preset()).orElseThrow().withMaxSteps(accepted.maxSteps());
  }

  /** Trains the masks that are not there, or goes on from the checkpoint. */
  private boolean train(ImageMaskRecorder.Task task, JobOutput output, BooleanSupplier isStopped) {
    ImageMaskTrainer trainer = new ImageMaskTrainer(task.network(), task.settings());
    JobCheckpoint checkpoint =
        new JobCheckpoint(folders.checkpoint(task.job().id(), "masks"), isStopped, output);
    Checkpoint from = checkpoint.read(trainer.specification(task.inputs()));
    Set<Integer> before =
        IntStream.range(0, task.images().size())
            .filter(output::isPublished)
            .boxed()
            .collect(Collectors.toSet());
    ImageMaskRecorder recorder = new ImageMaskRecorder(task, output, checkpoint, before, isStopped);
    boolean finished =
        trainer.train(task.inputs(), before, from, recorder).values().stream()
            .noneMatch(mask -> mask.stopReason() == StopReason.CANCELLED);
    if (finished) {
      output.run(checkpoint::delete);
    }
    if (!recorder.nonFinite().isEmpty()) {
      throw new JobFailedException(
          "The training became infinite for %s; the masks are the last finite ones."
              .formatted(String.join(", ", recorder.nonFinite())));
    }
    return finished;
  }

  /**
   * The images after an attack on what the network says of them. Each is attacked alone: what
   * becomes of a photograph must not depend on which others were chosen with it.
   */
  private static List<float[]> attacked(
      FrozenNetwork network,
      List<float[]> images,
      EvaluationAttack attack,
      JobOutput output,
      BooleanSupplier isStopped) {
    float[][] logits = network.logits(images);
    List<float[]> attacked = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (isStopped.getAsBoolean()) {
        throw new CancellationException("stopped while the photographs were attacked");
      }
      int[] label = {Logits.argmax(logits[i])};
      attacked.addAll(attack.attack(network, List.of(images.get(i)), label, done -> {}));
      output.progress(
          JobProgress.of(
              JobProgress.Phase.ATTACKING, "photograph", attacked.size(), images.size(), null));
    }
    return attacked;
  }
}
