package io.fouriermasks.store;

import java.time.Instant;

/**
 * A measured Fourier heat map.
 *
 * @param id number, in the order in which they were stored
 * @param job the job that made it
 * @param made what was measured
 * @param createdAt when it was stored
 */
public record HeatMap(long id, long job, Made made, Instant createdAt) {

  /**
   * What a job has measured.
   *
   * @param model id of the network
   * @param dataset id of the dataset
   * @param split name of its split
   * @param norm L2 norm of the disturbance in normalised units
   * @param radius of the frequencies that were measured, in cells
   * @param images how many were disturbed
   * @param cleanError share of them that is wrong without disturbance
   * @param seconds time that it took
   * @param archive .npz with the errors and the metadata
   * @param plane .bin, the errors: the full plane, float32 little endian, row-major, unshifted,
   *     not-a-number beyond the radius
   */
  public record Made(
      String model,
      String dataset,
      String split,
      double norm,
      int radius,
      int images,
      double cleanError,
      double seconds,
      String archive,
      String plane) {}
}
