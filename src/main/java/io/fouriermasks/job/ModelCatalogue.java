package io.fouriermasks.job;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.NotDeletableException;
import io.fouriermasks.store.UnknownIdException;
import io.fouriermasks.store.UserStorage.Kind;
import io.fouriermasks.store.WeightFiles;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Finds the trained networks: {@code models/FAMILY/*.safetensors} below the samples and the data
 * folder, of which the latter wins. Only the headers are read.
 */
@Singleton
public class ModelCatalogue {

  private static final Logger LOG = Logger.getLogger(ModelCatalogue.class);

  private static final Map<String, String> AUGMENTATIONS =
      Arrays.stream(Augmentation.values())
          .collect(Collectors.toMap(Augmentation::code, Augmentation::title));

  private final LabConfig config;
  private final Models models;
  private final WeightFiles files;
  private final DeletedFiles deleted;

  ModelCatalogue(LabConfig config, Models models, WeightFiles files, DeletedFiles deleted) {
    this.deleted = deleted;
    this.config = config;
    this.models = models;
    this.files = files;
  }

  /**
   * Looks again at the folders, and at the bucket if there is one, and makes what is there
   * available, but for what is deleted. Unreadable files are skipped.
   *
   * @throws io.fouriermasks.store.ObjectStorageException if the bucket cannot be asked; nothing
   *     changes then
   */
  public synchronized void refresh() {
    files.synchronise(givenUp());
    Map<String, Model> found = new LinkedHashMap<>();
    config.samplesDir().ifPresent(folder -> collect(folder, found));
    collect(config.dataDir(), found);
    found.keySet().removeAll(deleted.ids(Kind.MODEL));
    models.replaceAll(found.values());
    LOG.infof("%d trained networks are available", found.size());
  }

  /** What no machine shall bring back; of what has been made anew nothing is remembered. */
  private List<DeletedFiles.Thing> givenUp() {
    List<DeletedFiles.Thing> given = new ArrayList<>();
    for (DeletedFiles.Thing model : deleted.remembered(Kind.MODEL)) {
      if (files.isAnother(model)) {
        deleted.forget(Kind.MODEL, model.id());
      } else {
        given.add(model);
      }
    }
    return given;
  }

  /**
   * Deletes a model that this lab has trained or imported.
   *
   * @param mayBe is given its maker's name, or null, and fails if this one must not delete it
   * @throws UnknownIdException if there is no such model
   * @throws NotDeletableException if it is not the lab's own
   * @throws io.fouriermasks.store.InUseException if something was made with it
   */
  public void delete(String id, Actor by, Consumer<String> mayBe) {
    Model model =
        models.available().stream()
            .filter(known -> known.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new UnknownIdException("model", id));
    if (!files.isOwn(model.file())) {
      throw new NotDeletableException(
          "The model %s comes with the program and cannot be deleted.".formatted(model.name()));
    }
    deleted.delete(
        new DeletedFiles.Thing(
            Kind.MODEL, id, model.name(), files.place(model.file()), model.fingerprint()),
        by,
        mayBe);
  }

  /** Where the weights of a model to be trained will lie. */
  Path file(JobSpecification.TrainModel asked) {
    ModelCard card =
        ModelCard.of(
            Architecture.of(asked.architecture()), asked.augmentation(), List.of("not known yet"));
    return files.folder(asked.family()).resolve(card.fileName());
  }

  /** That a name is not free yet. */
  static String deletedMessage(String id) {
    return "The model %s is deleted and can be restored on the page Models; restore it, or choose another family."
        .formatted(id);
  }

  /** The id of a model. */
  static String id(String family, String architecture, String augmentation) {
    return slug(family + "-" + architecture + "-" + augmentation);
  }

  private static void collect(Path folder, Map<String, Model> found) {
    Path root = folder.toAbsolutePath().normalize().resolve(WeightFiles.FOLDER);
    for (Path family : entries(root)) {
      for (Path file : entries(family)) {
        if (file.getFileName().toString().endsWith(".safetensors")) {
          try {
            Model model = read(family.getFileName().toString(), file);
            found.put(model.id(), model);
          } catch (IOException | InvalidWeightsException e) {
            LOG.warnf("%s is skipped: %s", file, e.getMessage());
          }
        }
      }
    }
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return new ArrayList<>(entries.sorted().toList());
    } catch (IOException e) {
      LOG.warnf("%s is skipped: %s", folder, e.getMessage());
      return List.of();
    }
  }

  private static Model read(String family, Path file) throws IOException {
    ModelCard card = Weights.readCard(file);
    String architecture = card.architecture().cliName();
    return new Model(
        id(family, architecture, card.augmentation()),
        "%s, %s (%s)"
            .formatted(
                title(architecture),
                AUGMENTATIONS.getOrDefault(card.augmentation(), card.augmentation()),
                family),
        family,
        architecture,
        card.augmentation(),
        card.classes(),
        card.accuracy().isPresent() ? card.accuracy().getAsDouble() : null,
        card.architecture().parameterCount(card.classes().size()),
        card.mean(),
        card.std(),
        card.size(),
        file,
        WeightFiles.fingerprint(file));
  }

  private static String title(String architecture) {
    return switch (architecture) {
      case "vgg" -> "VGG11";
      case "resnet" -> "ResNet18";
      case "compact" -> "Compact";
      default -> architecture;
    };
  }

  static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
