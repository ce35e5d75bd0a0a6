package io.portico.gateway.aws;

/** The parts that AWS's regions are in, each with a domain and accounts of its own. */
public final class AwsPartition {
  private AwsPartition() {}

  /**
   * The partition of a region.
   *
   * @return as ARNs have it: {@code aws}, {@code aws-cn} or {@code aws-us-gov}
   */
  public static String of(String region) {
    return region.startsWith("cn-")
        ? "aws-cn"
        : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
