package io.fouriermasks.training;

import java.nio.file.Path;

/** A checkpoint belongs to another training than the one that is to be continued. */
public final class CheckpointMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CheckpointMismatchException(Path path, String found, String wanted) {
    super(
        ("%s was left by a training with other settings: it says \"%s\", asked for is \"%s\"."
                + " Repeat the command with the earlier settings to continue it, or delete the file"
                + " to begin anew.")
            .formatted(path, found, wanted));
  }
}
