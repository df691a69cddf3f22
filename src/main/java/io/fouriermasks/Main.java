package io.fouriermasks;

import io.fouriermasks.command.FourierMasksCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Entry point of the program: every command, the server included, begins here. */
@QuarkusMain
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(FourierMasksCommand.run(args));
  }
}
