package io.fouriermasks.store;

/** The kinds of files that are kept. */
public enum ArtefactType {
  /** A picture. */
  PNG("png", "image/png"),
  /** Values, float32 little endian. */
  BIN("bin", "application/octet-stream"),
  /** A NumPy archive. */
  NPZ("npz", "application/zip");

  private final String extension;
  private final String mediaType;

  ArtefactType(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** What its names end with, without the dot. */
  public String extension() {
    return extension;
  }

  /** How HTTP names it. */
  public String mediaType() {
    return mediaType;
  }
}
