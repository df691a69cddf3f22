package io.fouriermasks.store;

import io.fouriermasks.store.DeletedFiles.Thing;
import io.fouriermasks.store.DeletedImages.About;
import io.fouriermasks.store.UserStorage.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** Something cannot be deleted: something else needs it. The message is for the user. */
public class InUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InUseException(Image image, About about) {
    super(
        about.jobs().isEmpty()
            ? "The photograph %s cannot be deleted: %d masks that were read from files are about it."
                .formatted(image.name(), about.masksWithoutJob())
            : "The photograph %s cannot be deleted: delete first what is about it, job %s."
                .formatted(image.name(), numbers(about.jobs())));
  }

  InUseException(Thing thing, FileUses.Use use) {
    super(message(thing, use));
  }

  private static String message(Thing thing, FileUses.Use use) {
    if (thing.kind() == Kind.DATASET) {
      return "The dataset %s cannot be deleted: job %s needs it; wait until it has ended, or cancel it."
          .formatted(thing.name(), numbers(use.jobs()));
    }
    return use.jobs().isEmpty()
        ? "The model %s cannot be deleted: %d masks that were read from files belong to it."
            .formatted(thing.name(), use.masksWithoutJob())
        : "The model %s cannot be deleted: delete first what was made with it, job %s."
            .formatted(thing.name(), numbers(use.jobs()));
  }

  private static String numbers(List<Long> jobs) {
    return jobs.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
