package io.fouriermasks.analysis;

import io.fouriermasks.spectrum.FourierMask;
import java.util.Locale;

/**
 * How a mask is applied. The published scripts turn the stored masks into binary ones in place, so
 * that their accuracies of adversarial images through masks are those of {@link #BINARY}.
 */
public enum MaskForm {
  /** As trained, values in [0, 1]. */
  SOFT {
    @Override
    public FourierMask of(FourierMask mask) {
      return mask;
    }
  },

  /** {@code [M > 0]}. */
  BINARY {
    @Override
    public FourierMask of(FourierMask mask) {
      return mask.binary();
    }
  };

  /** The mask in this form; the given one does not change. */
  public abstract FourierMask of(FourierMask mask);

  /** The name in commands and tables: {@code soft}, {@code binary}. */
  public String cliName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
