package io.portico.transport.upstream;

/** A connection of an {@link OriginPool}. Belongs to its loop. */
sealed interface BackendConnection permits UpstreamConnection, SharedConnection {

  /** Whether a call may be sent on it. */
  boolean isUsable();

  /** Ends it; calls under way fail. */
  void close();
}
