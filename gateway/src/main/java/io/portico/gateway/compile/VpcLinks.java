package io.portico.gateway.compile;

import org.jspecify.annotations.Nullable;

/** The VPC links of an account in a region, of both versions, by their ids. */
@FunctionalInterface
public interface VpcLinks {
  /** There is none. */
  VpcLinks NONE = id -> null;

  /**
   * What an integration has to know of a link.
   *
   * @param status such as {@code AVAILABLE}
   * @param targetArn the network load balancer of a link of version 1; null of version 2, which
   *     leads wherever an integration says
   */
  record Link(String status, @Nullable String targetArn) {
    private static final String AVAILABLE = "AVAILABLE";

    /** One that can be used as soon as it is there. */
    public static Link available(@Nullable String targetArn) {
      return new Link(AVAILABLE, targetArn);
    }

    boolean isAvailable() {
      return status.equals(AVAILABLE);
    }
  }

  /** The link of an id, or null. */
  @Nullable Link find(String id);
}
