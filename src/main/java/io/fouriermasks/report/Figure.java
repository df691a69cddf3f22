package io.fouriermasks.report;

import java.util.Base64;

/**
 * A picture of a report, complete in itself: its scale and its legend are in it.
 *
 * @param name of its file, without ending
 * @param media format of the content
 * @param content the file
 * @param width in CSS pixels, where there is room
 * @param title one line: what it shows
 * @param caption unit, scale and how to read it
 * @param alternative what somebody who cannot see it should know
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
public record Figure(
    String name,
    Media media,
    byte[] content,
    int width,
    String title,
    String caption,
    String alternative) {

  /** The formats. */
  public enum Media {
    PNG("png", "image/png"),
    SVG("svg", "image/svg+xml");

    private final String ending;
    private final String type;

    Media(String ending, String type) {
      this.ending = ending;
      this.type = type;
    }
  }

  /** Name of its file. */
  public String fileName() {
    return name + "." + media.ending;
  }

  /** The content as a URI that needs no file. */
  public String dataUri() {
    return "data:%s;base64,%s".formatted(media.type, Base64.getEncoder().encodeToString(content));
  }
}
