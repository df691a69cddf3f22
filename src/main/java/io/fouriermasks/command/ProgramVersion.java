package io.fouriermasks.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program. */
final class ProgramVersion implements IVersionProvider {

  static String text() {
    Properties properties = new Properties();
    try (InputStream in = ProgramVersion.class.getResourceAsStream("/fourier-masks.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The program is damaged: it has no version file", e);
    }
    return properties.getProperty("version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"fourier-masks " + text()};
  }
}
