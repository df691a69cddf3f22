package io.fouriermasks.store;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a job ended without success. */
public enum EndReason {
  /** Something went wrong; the job's error says what. */
  @JsonProperty("error")
  ERROR,
  /** The program ended while the job ran. */
  @JsonProperty("interrupted")
  INTERRUPTED,
  /** Somebody cancelled it. */
  @JsonProperty("cancelled")
  CANCELLED
}
