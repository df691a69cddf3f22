package io.fouriermasks.command.doctor;

/** Looks at one thing that the lab needs. Leaves nothing changed, and throws nothing. */
public interface Check {

  /** What is looked at, in a word or two. */
  String name();

  /** Looks. */
  Finding look();
}
