package io.portico.gateway.execute.integration;

import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.time.Instant;

/** Where sessions of roles come from, each time that one is begun. */
@FunctionalInterface
interface RoleSessions {

  /**
   * Temporary credentials.
   *
   * @param signers sign with them
   * @param end of their time
   */
  record Session(Signers signers, Instant end) {}

  /**
   * Begins a session; takes seconds at most.
   *
   * @throws IOException if there is none; the message says why, and has no secret
   */
  Session begin(SigningIdentity.Role role) throws IOException;
}
