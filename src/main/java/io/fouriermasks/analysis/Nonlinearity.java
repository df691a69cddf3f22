package io.fouriermasks.analysis;

import java.util.Locale;

/** A function that is applied to each value of a signal by itself, as networks do. */
public enum Nonlinearity {
  /** {@code max(x, 0)}. */
  RELU {
    @Override
    public double apply(double x) {
      return Math.max(x, 0);
    }
  },

  /** {@code max(x, 0.01 x)}. */
  LEAKY_RELU {
    @Override
    public double apply(double x) {
      return Math.max(x, 0.01 * x);
    }
  },

  /** Hyperbolic tangent. */
  TANH {
    @Override
    public double apply(double x) {
      return Math.tanh(x);
    }
  },

  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID {
    @Override
    public double apply(double x) {
      return 1 / (1 + Math.exp(-x));
    }
  },

  /** {@code x^2}. */
  SQUARE {
    @Override
    public double apply(double x) {
      return x * x;
    }
  };

  /** The function's value. */
  public abstract double apply(double x);

  /** The name in commands and tables: {@code relu}, {@code leaky_relu} and so on. */
  public String cliName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
