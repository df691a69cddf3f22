package io.fouriermasks.job;

/**
 * Which steps are kept: all of the first 200, then every 5th, beyond 2000 every 25th, beyond 20 000
 * every 250th.
 */
final class PointSchedule {

  private PointSchedule() {}

  static boolean keeps(long step) {
    return step <= 200 || step % (step <= 2000 ? 5 : step <= 20_000 ? 25 : 250) == 0;
  }
}
