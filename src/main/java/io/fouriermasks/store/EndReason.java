package io.fouriermasks.store;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a job has come into its state, where the state does not say it. */
public enum EndReason {
  /** Something went wrong; the job's error says what. */
  @JsonProperty("error")
  ERROR,
  /** The program ended suddenly while the job ran. */
  @JsonProperty("interrupted")
  INTERRUPTED,
  /** Somebody cancelled it. */
  @JsonProperty("cancelled")
  CANCELLED,
  /** Somebody paused it, or let it go on. */
  @JsonProperty("requested")
  REQUESTED,
  /** The program was told to stop while the job ran. */
  @JsonProperty("stopped")
  STOPPED,
  /** A job with a higher priority goes first. */
  @JsonProperty("overtaken")
  OVERTAKEN,
  /** The database, or the object storage, did not answer while the job ran. */
  @JsonProperty("disconnected")
  DISCONNECTED
}
