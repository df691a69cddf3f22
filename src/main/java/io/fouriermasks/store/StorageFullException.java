package io.fouriermasks.store;

/** Somebody keeps as much in the lab as one may. The message is for them. */
public class StorageFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StorageFullException(String message) {
    super(message);
  }
}
