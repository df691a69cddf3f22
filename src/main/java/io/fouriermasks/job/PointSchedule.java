package io.fouriermasks.job;

/** Which steps are kept: all of the first 200, then every 5th, beyond 2000 every 25th. */
final class PointSchedule {

  private PointSchedule() {}

  static boolean keeps(int step) {
    return step <= 200 || step % (step <= 2000 ? 5 : 25) == 0;
  }
}
