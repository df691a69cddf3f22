package io.fouriermasks.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket, or a part of one.
 *
 * @param bucket its name
 * @param prefix what the names of all objects begin with; empty, or ends with a slash
 */
record BucketAddress(String bucket, String prefix) {

  private static final Pattern URL =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9._/-]*))?");

  /**
   * Reads {@code s3://BUCKET/PREFIX}.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat it, since somebody
   *     may have put a key into it
   */
  static BucketAddress of(String url) {
    Matcher matcher = URL.matcher(url.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "fourier-masks.objects.url must be s3://BUCKET or s3://BUCKET/PREFIX. Keys do not belong"
              + " into it: give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and the address"
              + " of a server that is not AWS's as fourier-masks.objects.endpoint.");
    }
    String path = matcher.group(2) == null ? "" : matcher.group(2).replaceAll("^/+|/+$", "");
    return new BucketAddress(matcher.group(1), path.isEmpty() ? "" : path + "/");
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
