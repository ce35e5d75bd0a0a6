package io.portico.transport.tls;

import org.jspecify.annotations.Nullable;

/** What is shown to clients that ask for a host by name (SNI). Asked once a handshake, or twice. */
@FunctionalInterface
public interface HostIdentities {
  /** Every host is shown the same. */
  HostIdentities NONE = host -> null;

  /**
   * The host's own, or null where it is shown what all others are.
   *
   * @param host in lower case
   */
  @Nullable ServerIdentity of(String host);
}
