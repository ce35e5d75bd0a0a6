package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.MatchedCall;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Those who have signed their calls, where that is asked for: {@code AWS_IAM}. */
public final class SignedCallers {
  private final Signatures signatures;

  /**
   * @param identities those who can sign
   */
  public SignedCallers(Identities identities, Clock clock) {
    this.signatures = new Signatures(identities, clock);
  }

  /**
   * Who calls.
   *
   * @throws GatewayFault if nobody has signed whom this gateway knows, or he may not
   */
  public Caller authorize(MatchedCall call) {
    return authorize(call, Policies.INVOKE);
  }

  /**
   * The same of another action than to call.
   *
   * @param action such as {@code execute-api:ManageConnections}
   */
  public Caller authorize(MatchedCall call, String action) {
    Signer signer = signatures.verify(call.invocation());
    AccessKey key = signer.key();
    Caller caller =
        new Caller(
            null,
            null,
            new IamCaller(key.principal(), key.credentials().accessKeyId(), key.credentials()),
            null,
            null);
    // Who is refused is known as well: access logs and gateway responses may name him.
    call.invocation().observations().identified(caller);
    Policies.admit(signer, action, call);
    return caller;
  }

  /** Who holds a key by which a call was signed, or null where it has ceased to be good. */
  @Nullable Signer holder(String accessKeyId) {
    return signatures.holder(accessKeyId);
  }
}
