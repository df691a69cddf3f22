package io.fouriermasks.job;

import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.ObjectStorageException;
import io.fouriermasks.store.UserStorage;
import io.fouriermasks.store.WeightFiles;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes in weights that were trained elsewhere. */
@Singleton
public class ModelImport {

  private final ModelCatalogue catalogue;
  private final WeightFiles files;
  private final Models models;
  private final DiskSpace space;
  private final UserStorage storage;
  private final DeletedFiles deleted;

  ModelImport(
      ModelCatalogue catalogue,
      WeightFiles files,
      Models models,
      DiskSpace space,
      UserStorage storage,
      DeletedFiles deleted) {
    this.deleted = deleted;
    this.storage = storage;
    this.files = files;
    this.space = space;
    this.catalogue = catalogue;
    this.models = models;
  }

  /**
   * Checks weights and keeps them as a model of a family. Nothing of a stranger's file is kept but
   * the tensors of its architecture and the metadata that the lab knows: it is written anew.
   *
   * @param file safetensors with the metadata of this program
   * @param by who hands it in
   * @throws InvalidSpecificationException if it is none, or the family has such a model already
   * @throws io.fouriermasks.store.StorageFullException if they have too little left
   * @throws ObjectStorageException if the bucket does not take it
   */
  public synchronized Model take(Path file, String family, Actor by) {
    space.require(file.toFile().length());
    storage.require(by, file.toFile().length());
    SpecificationCheck.requireFamily(family);
    Weights weights = read(file);
    ModelCard card = weights.card();
    String id = ModelCatalogue.id(family, card.architecture().cliName(), card.augmentation());
    Path target = files.folder(family).resolve(card.fileName());
    if (deleted.isRestorable(UserStorage.Kind.MODEL, id)) {
      throw new InvalidSpecificationException("family", ModelCatalogue.deletedMessage(id));
    }
    if (models.find(id).isPresent() || Files.exists(target)) {
      throw new InvalidSpecificationException(
          "family",
          "There is a model %s already, and masks may belong to it; choose another family."
              .formatted(id));
    }
    deleted.forget(UserStorage.Kind.MODEL, id);
    try {
      weights.write(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      catalogue.refresh();
    } catch (ObjectStorageException e) {
      delete(target); // refused: it may be sent again
      throw e;
    }
    storage.keep(UserStorage.Kind.MODEL, id, by.asMaker(), target.toFile().length());
    return models.get(id);
  }

  private static void delete(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Weights read(Path file) {
    try {
      return Weights.read(file);
    } catch (InvalidWeightsException e) {
      throw new InvalidSpecificationException("file", e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record of a model's training; the file need not exist. */
  public static Path record(Model model) {
    return WeightFiles.record(model.file());
  }
}
