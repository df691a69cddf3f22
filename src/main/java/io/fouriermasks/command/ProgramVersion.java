package io.fouriermasks.command;

import io.quarkus.runtime.Application;
import picocli.CommandLine.IVersionProvider;

/** The version that the build gave the program. */
final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "fourier-masks " + Application.class.getPackage().getImplementationVersion()
    };
  }
}
