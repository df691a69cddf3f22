package io.fouriermasks.training;

import java.util.Locale;

/** Which photographs of an evaluation split get the masks of the single-image study. */
public enum ImageSelection {
  /** Classified right by the plain and the adversarially trained model, wrong when attacked. */
  STRICT {
    @Override
    public boolean selects(boolean plainRight, boolean trainedRight, boolean attackedRight) {
      return plainRight && trainedRight && !attackedRight;
    }
  },

  /**
   * As the published scripts select: both models agree in being right or wrong, and the attacked
   * image differs. Photographs that both get wrong and the attack "mends" are among them (trap D6).
   */
  PUBLISHED {
    @Override
    public boolean selects(boolean plainRight, boolean trainedRight, boolean attackedRight) {
      return plainRight == trainedRight && plainRight != attackedRight;
    }
  },

  /** Every photograph. */
  ALL {
    @Override
    public boolean selects(boolean plainRight, boolean trainedRight, boolean attackedRight) {
      return true;
    }
  };

  /**
   * Whether a photograph is selected.
   *
   * @param plainRight whether the plain model classifies it right
   * @param trainedRight whether the adversarially trained model does
   * @param attackedRight whether the plain model classifies the attacked photograph right
   */
  public abstract boolean selects(boolean plainRight, boolean trainedRight, boolean attackedRight);

  /** The name on the command line. */
  public String cliName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
