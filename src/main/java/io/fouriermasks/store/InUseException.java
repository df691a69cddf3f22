package io.fouriermasks.store;

import io.fouriermasks.store.DeletedImages.About;
import java.util.stream.Collectors;

/** A picture cannot be deleted: something is about it. The message is for the user. */
public class InUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InUseException(Image image, About about) {
    super(message(image, about));
  }

  private static String message(Image image, About about) {
    if (about.jobs().isEmpty()) {
      return "The photograph %s cannot be deleted: %d masks that were read from files are about it."
          .formatted(image.name(), about.masksWithoutJob());
    }
    return "The photograph %s cannot be deleted: delete first what is about it, job %s."
        .formatted(
            image.name(),
            about.jobs().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }
}
