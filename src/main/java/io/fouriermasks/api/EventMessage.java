package io.fouriermasks.api;

/**
 * A server-sent event.
 *
 * @param id cursor after it, or null for a comment
 * @param name of the event, or null for a comment
 * @param data JSON, or the text of a comment
 */
record EventMessage(String id, String name, String data) {

  static EventMessage comment(String text) {
    return new EventMessage(null, null, text);
  }

  boolean isComment() {
    return name == null;
  }
}
