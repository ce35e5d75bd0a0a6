package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.policy.Decision;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.Refusal;
import java.time.Clock;

/**
 * The <b>authorizers</b>: who calls, and may they? The second stage.
 *
 * <p>Whatever the method asks for, the API's resource policy has its say, as AWS's table has it.
 *
 * <p>Every setting that restricts access and is not enforced yet refuses whoever calls: see {@link
 * Refusal}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html">How
 *     API Gateway resource policies affect authorization workflow</a>
 */
public final class Authorizers {
  private final LambdaAuthorizers lambda;
  private final UserPoolAuthorizers userPools;
  private final SignedCallers signed;

  /**
   * @param lambda those that are functions
   * @param userPools those that are Cognito user pools
   * @param identities those who can sign
   */
  public Authorizers(
      LambdaAuthorizers lambda, UserPoolAuthorizers userPools, Identities identities, Clock clock) {
    this.lambda = lambda;
    this.userPools = userPools;
    this.signed = new SignedCallers(identities, clock);
  }

  /**
   * Who calls the method.
   *
   * @throws GatewayFault if they may not
   */
  public Caller authorize(MethodMatch match) {
    Refusal ofStage = match.stage().refusal();
    if (ofStage != null) {
      throw refused(ofStage);
    }
    return switch (match.method().authorization()) {
      case Authorization.AwsIam iam -> signed.authorize(match);
      case Authorization.Lambda function ->
          lambda.authorize(match, function.authorizer(), Policies.undenied(match));
      case Authorization.UserPools pools -> {
        // AWS: first who calls, then whether the policy allows it; source: documented, as above.
        Caller known = userPools.authorize(match, pools.authorizer(), pools.scopes());
        Policies.admitUnsigned(match);
        yield known;
      }
      case Authorization.Open open -> {
        Policies.admitUnsigned(match);
        yield Caller.ANONYMOUS;
      }
      case Authorization.Unusable unusable -> throw unusable(unusable);
      case Authorization.Closed closed -> throw refused(closed.refusal());
    };
  }

  /**
   * Whom the authorizer of a method knows, whatever he may call; nothing of it is kept.
   *
   * @throws GatewayFault if it knows nobody, or cannot be asked
   */
  public KnownCaller test(MethodMatch match) {
    return switch (match.method().authorization()) {
      case Authorization.Lambda function -> lambda.test(match, function.authorizer());
      case Authorization.UserPools pools -> userPools.test(match, pools.authorizer());
      case Authorization.Unusable unusable -> throw unusable(unusable);
      case Authorization.Closed closed -> throw refused(closed.refusal());
      case Authorization.Open open -> throw new IllegalArgumentException("no authorizer");
      case Authorization.AwsIam iam -> throw new IllegalArgumentException("no authorizer");
    };
  }

  private static GatewayFault unusable(Authorization.Unusable authorizer) {
    return new GatewayFault(
            GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR, FaultCause.AUTHORIZER_UNUSABLE)
        .because(authorizer.reason());
  }

  /**
   * Whether a caller who was let in may have a cached response of the method made anew: by the
   * policies that let him call it, for the action {@code execute-api:InvalidateCache}.
   *
   * <p>AWS: documents it of callers who sign. That the policy of a Lambda authorizer and the API's
   * say it of others, with one another as of a call, is assumed.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html#invalidate-method-caching">Invalidate
   *     a method cache entry</a>
   */
  public boolean mayInvalidateCache(MethodMatch match, Caller caller) {
    IamCaller iam = caller.iam();
    if (iam == null) {
      return mayInvalidateUnsigned(match, caller);
    }
    String accessKeyId = iam.accessKeyId();
    Signer signer = accessKeyId == null ? null : signed.holder(accessKeyId);
    return signer != null
        && Policies.decide(signer, Policies.INVALIDATE_CACHE, match) == Decision.ALLOWED;
  }

  private static boolean mayInvalidateUnsigned(MethodMatch match, Caller caller) {
    Effect ofApi = Policies.ofUnsigned(Policies.INVALIDATE_CACHE, match);
    Policy own = caller.policy();
    Effect ofAuthorizer =
        own == null ? Effect.NONE : Policies.ofAuthorizer(own, Policies.INVALIDATE_CACHE, match);
    return ofApi != Effect.DENY
        && ofAuthorizer != Effect.DENY
        && (ofApi == Effect.ALLOW || ofAuthorizer == Effect.ALLOW);
  }

  private static GatewayFault refused(Refusal refusal) {
    return new GatewayFault(refusal.type(), FaultCause.CLOSED)
        .because("closed: " + refusal.setting() + " is not enforced yet");
  }
}
