package io.portico.server;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.sts.SessionIdentities;
import io.portico.gateway.execute.IamCaller;
import java.time.Clock;

/** Who tests a method or an authorizer. */
final class Testers {
  private final SessionIdentities identities;
  private final Clock clock;

  Testers(SessionIdentities identities, Clock clock) {
    this.identities = identities;
    this.clock = clock;
  }

  IamCaller of(OperationCall call) {
    // No signature of a test is verified: whoever names a key may not know its secret.
    return new IamCaller(
        identities.principal(call.caller(), clock.instant()), call.caller().accessKeyId(), null);
  }
}
