package io.portico.transport.tls;

import org.jspecify.annotations.Nullable;

/** What is shown to clients that ask for a host by name (SNI). Asked once a handshake, or twice. */
@FunctionalInterface
public interface HostIdentities {
  /**
   * The host's own, or null where it is shown what all others are.
   *
   * @param host in lower case, or the name of an answer
   */
  @Nullable Named find(String host);

  /**
   * What a host is shown.
   *
   * @param name by which it is found again: one for all the hosts that a wildcard covers, so that
   *     what is kept by name is kept once; without a slash
   * @param version tells it from what the name was shown before: the same certificate with other
   *     issuers is another one
   */
  record Named(String name, String version, ServerIdentity identity) {}
}
