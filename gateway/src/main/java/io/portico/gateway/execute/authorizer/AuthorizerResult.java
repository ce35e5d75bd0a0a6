package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.snapshot.GatewayResponseType;
import org.jspecify.annotations.Nullable;

/** What came of asking a Lambda authorizer. */
sealed interface AuthorizerResult {

  /**
   * It knows the caller; whether he may call a method is in its policy.
   *
   * @param document the policy as it was sent
   * @param size of the whole answer, in bytes
   */
  record Answered(AuthorizerContext context, Policy policy, String document, int size)
      implements AuthorizerResult {}

  /**
   * It does not know the caller, or could not be asked.
   *
   * @param cause what happened
   * @param reason for the gateway's own log
   * @param told what the execution log of the API says, in AWS's words; null where that is nothing
   *     beside what is said of every failure of the type
   * @param ofAsker whether it is for him alone who has asked: whoever waits for the same asks again
   */
  record Refused(
      GatewayResponseType type,
      FaultCause cause,
      String reason,
      @Nullable String told,
      boolean ofAsker)
      implements AuthorizerResult {

    /** One that is for all who ask for the same. */
    Refused(GatewayResponseType type, FaultCause cause, String reason, @Nullable String told) {
      this(type, cause, reason, told, false);
    }

    GatewayFault fault() {
      GatewayFault fault = new GatewayFault(type, cause).because(reason);
      return told == null ? fault : fault.telling(told);
    }
  }
}
