package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.SigV4Verifier;
import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.aws.SignatureVerdict;
import io.portico.gateway.aws.SignatureVerdict.Reason;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.execute.AccessPhase;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodOverride;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The <b>signatures</b> of calls to methods with {@code authorizationType} AWS_IAM: Signature
 * Version 4 for the service {@code execute-api} and the region of the API, in the {@code
 * Authorization} field or in the query.
 *
 * <p>AWS: the content counts, whatever {@code X-Amz-Content-Sha256} says of it; source: reported by
 * users of API Gateway, https://github.com/aws/aws-sdk-js-v3/issues/308.
 *
 * <p>AWS: of which method a request is signed that overrides its own is not described. Here it is
 * the one on its request line, as clients sign it; the other is signed as a field, or whoever sees
 * a request could make another of it.
 *
 * <p>Faults: {@code MISSING_AUTHENTICATION_TOKEN}; {@code INVALID_SIGNATURE}, also for a signature
 * that cannot be read and for a key that nobody has, whose types AWS does not document; {@code
 * EXPIRED_TOKEN}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html">Control
 *     access to a REST API with IAM permissions</a>
 */
final class Signatures {
  private final Identities identities;
  private final SigV4Verifier verifier;

  /**
   * @param identities those who can sign
   */
  Signatures(Identities identities, Clock clock) {
    this.identities = identities;
    this.verifier =
        new SigV4Verifier(
            "execute-api",
            identities,
            clock,
            Set.of(MethodOverride.HEADER.toLowerCase(Locale.ROOT)));
  }

  /**
   * Who has signed a call.
   *
   * @throws GatewayFault if nobody has whom this gateway knows
   */
  Signer verify(Invocation invocation) {
    long start = System.nanoTime();
    return switch (verdict(invocation)) {
      case SignatureVerdict.Verified verified -> {
        authenticated(null, start, invocation);
        yield new Signer(verified.key(), identities.identify(verified.key()));
      }
      case SignatureVerdict.Refused refused -> {
        GatewayFault fault = fault(refused, invocation);
        authenticated(fault, start, invocation);
        throw fault;
      }
    };
  }

  private static void authenticated(
      @Nullable GatewayFault refusal, long start, Invocation invocation) {
    invocation.observations().authenticated(AccessPhase.ofAuthentication(refusal, start));
  }

  /** Who holds a key by which a call was signed, or null where it has ceased to be good. */
  @Nullable Signer holder(String accessKeyId) {
    AccessKey key = identities.find(accessKeyId);
    return key == null ? null : new Signer(key, identities.identify(key));
  }

  private SignatureVerdict verdict(Invocation invocation) {
    try {
      return verifier.verify(
          invocation.request(), invocation.stage().region(), () -> content(invocation));
    } catch (IOException e) {
      throw new UncheckedIOException("the content fails by a fault only", e);
    }
  }

  private static byte[] content(Invocation invocation) {
    byte[] content =
        invocation.content().read(invocation.stage().payloadLimit(), invocation.deadlineNanos());
    invocation.takesApart(content);
    return content;
  }

  private static GatewayFault fault(SignatureVerdict.Refused refused, Invocation invocation) {
    String authorization = invocation.request().headers().first("Authorization");
    if (refused.reason() == Reason.MISSING_AUTHENTICATION_TOKEN && authorization != null) {
      return new GatewayFault(
              GatewayResponseType.INVALID_SIGNATURE,
              FaultCause.SIGNATURE_UNREADABLE,
              SignatureHeader.complaint(invocation.request(), authorization))
          .named(Reason.INCOMPLETE_SIGNATURE.errorType())
          // Not the text, which has a secret of some other scheme in it.
          .because("the Authorization field is no signature");
    }
    return new GatewayFault(
            type(refused.reason()), cause(refused.reason()), refused.text() + refused.calculated())
        .named(refused.reason().errorType())
        .because(refused.text());
  }

  private static FaultCause cause(Reason reason) {
    return switch (reason) {
      case MISSING_AUTHENTICATION_TOKEN -> FaultCause.SIGNATURE_MISSING;
      case INCOMPLETE_SIGNATURE -> FaultCause.SIGNATURE_UNREADABLE;
      case INVALID_SIGNATURE -> FaultCause.SIGNATURE_INVALID;
      case UNRECOGNIZED_CLIENT -> FaultCause.ACCESS_KEY_UNKNOWN;
      case EXPIRED_TOKEN -> FaultCause.CREDENTIALS_EXPIRED;
    };
  }

  private static GatewayResponseType type(Reason reason) {
    return switch (reason) {
      case MISSING_AUTHENTICATION_TOKEN -> GatewayResponseType.MISSING_AUTHENTICATION_TOKEN;
      case INCOMPLETE_SIGNATURE, INVALID_SIGNATURE, UNRECOGNIZED_CLIENT ->
          GatewayResponseType.INVALID_SIGNATURE;
      case EXPIRED_TOKEN -> GatewayResponseType.EXPIRED_TOKEN;
    };
  }
}
