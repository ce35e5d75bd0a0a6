package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.policy.AccessRequest;
import io.portico.gateway.aws.policy.Decision;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.aws.policy.PolicyListener;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.aws.policy.Requester;
import io.portico.gateway.execute.AccessPhase;
import io.portico.gateway.execute.CallTrail;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.PolicyWords;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What <b>policies</b> say of a call: those of whoever has signed it, and the API's resource
 * policy.
 *
 * <p>Fault: {@code ACCESS_DENIED}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html">Control
 *     access for invoking an API</a>
 */
final class Policies {
  static final String INVOKE = "execute-api:Invoke";
  static final String INVALIDATE_CACHE = "execute-api:InvalidateCache";

  private static final String ANONYMOUS = "anonymous";

  private static final RequestContext NOT_ASKED = RequestContext.of(Map.of());

  private Policies() {}

  /**
   * Lets in who may do something with what is called.
   *
   * @throws GatewayFault if he may not
   */
  static void admit(Signer signer, String action, MatchedCall match) {
    long start = System.nanoTime();
    PolicyWords words = null;
    CallTrail trail = match.invocation().observations().trail();
    if (trail.isKept()) {
      words = new PolicyWords(match.stage().policy(), signer.identity(), null);
      trail.asks(words);
    }
    Decision decision = decide(signer, action, words, match);
    boolean allowed = decision == Decision.ALLOWED;
    match.invocation().observations().authorized(AccessPhase.ofAuthorization(allowed, start));
    if (!allowed) {
      throw denied(
          decision.isExplicit() ? FaultCause.IAM_DENIED : FaultCause.IAM_NOT_ALLOWED,
          signer.key().principal().arn(),
          action,
          decision.because(action),
          match);
    }
  }

  /** Whether somebody who has signed may do something with the method. */
  static Decision decide(Signer signer, String action, MatchedCall match) {
    return decide(signer, action, null, match);
  }

  private static Decision decide(
      Signer signer, String action, @Nullable PolicyListener listener, MatchedCall match) {
    RequestContext context = ofSigner(signer, match);
    MethodResource resource = MethodResource.of(match);
    Decision decision = decide(signer, action, resource.arn(), context, listener, match);
    if (decision == Decision.ALLOWED) {
      for (String reading : resource.readings()) {
        Decision ofReading = decide(signer, action, reading, context, listener, match);
        if (ofReading.isExplicit()) {
          return ofReading;
        }
      }
    }
    return decision;
  }

  /** What conditions may ask of a call that somebody has signed. */
  private static RequestContext ofSigner(Signer signer, MatchedCall match) {
    return RequestContext.ofRequest(match.invocation().request(), match.stage().region())
        .signedBy(signer.key(), signer.identity())
        .build();
  }

  private static Decision decide(
      Signer signer,
      String action,
      String arn,
      RequestContext context,
      @Nullable PolicyListener listener,
      MatchedCall match) {
    return signer
        .identity()
        .decide(action, arn, context, ofApi(match), match.stage().accountId(), listener);
  }

  private static Policy ofApi(MatchedCall match) {
    Policy policy = match.stage().policy();
    return policy == null ? Policy.NONE : policy;
  }

  /**
   * Lets in somebody who has not signed, if the resource policy allows it. AWS: one that says
   * nothing of him denies; source: documented, "API Gateway resource policy only".
   *
   * @throws GatewayFault if there is a resource policy, and it does not allow it
   */
  static void admitUnsigned(MatchedCall match) {
    if (match.stage().policy() != null) {
      Effect effect = ofUnsigned(INVOKE, match);
      if (effect != Effect.ALLOW) {
        throw deniedUnsigned(effect, match);
      }
    }
  }

  /**
   * What the resource policy says of somebody whom an authorizer is to be asked about: nothing, or
   * that it allows it.
   *
   * @throws GatewayFault if it denies it. AWS: then the authorizer is not asked; source:
   *     documented, "Lambda authorizer and resource policy"
   */
  static Effect undenied(MatchedCall match) {
    Effect effect = ofUnsigned(INVOKE, match);
    if (effect == Effect.DENY) {
      throw deniedUnsigned(effect, match);
    }
    return effect;
  }

  /** What the resource policy says of somebody who has not signed; nothing where there is none. */
  static Effect ofUnsigned(String action, MatchedCall match) {
    Policy policy = match.stage().policy();
    return policy == null
        ? Effect.NONE
        : ofUnsigned(policy, action, ofNobody(match.invocation()), match);
  }

  /** What the policy of a Lambda authorizer says of the caller it is for. */
  static Effect ofAuthorizer(Policy policy, String action, MatchedCall match) {
    RequestContext context = policy.isUnconditional() ? NOT_ASKED : ofNobody(match.invocation());
    return ofUnsigned(policy, action, context, match);
  }

  /** What a policy denies of one reading of a path it denies of all. */
  private static Effect ofUnsigned(
      Policy policy, String action, RequestContext context, MatchedCall match) {
    MethodResource resource = MethodResource.of(match);
    PolicyWords words = null;
    CallTrail trail = match.invocation().observations().trail();
    if (action.equals(INVOKE) && trail.isKept()) {
      boolean ofApi = policy.equals(match.stage().policy());
      words = new PolicyWords(ofApi ? policy : null, null, ofApi ? null : policy);
      trail.asks(words);
    }
    Effect effect = ofUnsigned(policy, action, resource.arn(), context, words);
    for (String reading : resource.readings()) {
      if (ofUnsigned(policy, action, reading, context, words) == Effect.DENY) {
        return Effect.DENY;
      }
    }
    return effect;
  }

  /** What conditions may ask of a call that nobody has signed. */
  private static RequestContext ofNobody(Invocation invocation) {
    return RequestContext.ofRequest(invocation.request(), invocation.stage().region())
        .signedByNobody()
        .build();
  }

  private static Effect ofUnsigned(
      Policy policy,
      String action,
      String arn,
      RequestContext context,
      @Nullable PolicyListener listener) {
    return policy.evaluate(new AccessRequest(Requester.ANONYMOUS, action, arn, context, listener));
  }

  /**
   * AWS: source: documented,
   * https://repost.aws/knowledge-center/api-gateway-403-error-lambda-authorizer.
   */
  static GatewayFault deniedUnsigned(Effect effect, MatchedCall match) {
    return effect == Effect.DENY
        ? denied(
            FaultCause.RESOURCE_POLICY_DENIED, ANONYMOUS, INVOKE, " with an explicit deny", match)
        : denied(FaultCause.RESOURCE_POLICY_SILENT, ANONYMOUS, INVOKE, "", match);
  }

  /**
   * AWS: shows the last four digits of the account; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html,
   * and reported by users: https://github.com/ASFHyP3/hyp3/issues/2283. Why, for those who have
   * signed: https://repost.aws/knowledge-center/api-gateway-iam-sigv4-mismatch.
   *
   * @param cause which of the policies, and how
   * @param user an ARN, or {@code anonymous}
   * @param why begins with a blank, or is empty
   */
  static GatewayFault denied(
      FaultCause cause, String user, String action, String why, MatchedCall match) {
    String account = match.stage().accountId();
    return new GatewayFault(
        GatewayResponseType.ACCESS_DENIED,
        cause,
        "User: "
            + user
            + " is not authorized to perform: "
            + action
            + " on resource: "
            + match.arn("********" + account.substring(Math.max(account.length() - 4, 0)))
            + why);
  }
}
