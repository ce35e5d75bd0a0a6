package io.portico.gateway.execute.authorizer;

import com.github.benmanes.caffeine.cache.Ticker;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.execute.AccessPhase;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.PayloadFormat;
import io.portico.gateway.snapshot.httpapi.RequestAuthorizer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * <b>Lambda authorizers</b> of HTTP APIs: a function says whom a route lets in.
 *
 * <p>Faults: {@code UNAUTHORIZED} for who does not bring what he is known by; {@code ACCESS_DENIED}
 * for what the answer does not allow; {@code AUTHORIZER_FAILURE} and {@code
 * AUTHORIZER_CONFIGURATION_ERROR} for an authorizer that gives no answer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">
 *     Control access to HTTP APIs with AWS Lambda authorizers</a>
 */
public final class RequestAuthorizers {
  /**
   * AWS: "Authorizer timeout", 10,000 ms; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** How long somebody waits for the answer to another's question. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** A policy of this size is looked through in well under a millisecond. */
  private static final int LIGHT_POLICY = 16 * 1024;

  private final AuthorizerFunction function;
  private final AuthorizerResults results;

  /** Makes the event that the function is told. */
  @FunctionalInterface
  public interface Event {
    /**
     * @param identity the values of the authorizer's identity sources, in their order
     */
    byte[] of(RouteMatch match, List<String> identity);
  }

  /**
   * @param own invokes the functions with credentials of the gateway's own
   * @param credentials sign the other invocations
   * @param snapshot tells which stages there are: what was answered for one goes with it; null
   *     where none ever goes
   */
  public RequestAuthorizers(
      LambdaInvoke own, SigningCredentials credentials, @Nullable CurrentSnapshot snapshot) {
    this.function = new AuthorizerFunction(own, credentials, TIMEOUT);
    this.results = new AuthorizerResults(snapshot, Ticker.systemTicker());
  }

  /** Forgets what authorizers have answered for a stage. */
  public void flush(String stageKey) {
    results.flush(stageKey);
  }

  /**
   * Whom an authorizer lets in.
   *
   * @param event in the authorizer's payload format
   */
  public Caller authorize(RouteMatch match, RequestAuthorizer authorizer, Event event) {
    Invocation invocation = match.invocation();
    HttpRequest request = invocation.request();
    Identity identity =
        Identity.of(
            authorizer.identitySources(),
            new RequestParameters(
                match.pathParameters(), new QueryString(request.rawQuery()), request.headers()),
            invocation);
    // AWS: whether answers are kept or not; source: documented, see the class.
    if (!identity.isComplete()) {
      throw new GatewayFault(GatewayResponseType.UNAUTHORIZED, FaultCause.IDENTITY_SOURCE_MISSING)
          .because("an identity source is missing or empty");
    }
    Question question = new Question(authorizer, identity, event, match);
    AuthorizerResult result =
        authorizer.ttl().isZero()
            ? question.ask()
            : results.get(
                match.stage(),
                authorizer.key(),
                identity,
                authorizer.ttl(),
                invocation.remaining(WAIT, question.start),
                question::ask);
    long answered = question.observe(result);
    return switch (result) {
      case Answered answer -> admitted(answer, match, answered);
      case Refused refused -> throw refused.fault();
    };
  }

  /** What an authorizer is asked about one call; it is asked at most once. */
  private final class Question {
    private final RequestAuthorizer authorizer;
    private final Identity identity;
    private final Event event;
    private final RouteMatch match;
    private final long start = System.nanoTime();
    private AuthorizerFunction.@Nullable Reply reply;

    Question(RequestAuthorizer authorizer, Identity identity, Event event, RouteMatch match) {
      this.authorizer = authorizer;
      this.identity = identity;
      this.event = event;
      this.match = match;
    }

    AuthorizerResult ask() {
      AuthorizerFunction.Reply given =
          function.ask(
              authorizer.function(),
              authorizer.signer(),
              AuthorizerFunction.source(authorizer.id(), authorizer.role(), match.stage()),
              event.of(match, identity.joined()),
              authorizer.simpleResponses()
                  ? RouteAuthorizerAnswer::ofSimple
                  : authorizer.format() == PayloadFormat.V2
                      ? RouteAuthorizerAnswer::ofPolicy
                      : RouteAuthorizerAnswer::ofPolicyV1,
              match.invocation());
      reply = given;
      return given.result();
    }

    /** Tells of the question; when that was, as {@link System#nanoTime}. */
    long observe(AuthorizerResult result) {
      long now = System.nanoTime();
      match
          .invocation()
          .observations()
          .authorizerAsked(AuthorizerFunction.observed(result, reply, now - start));
      return now;
    }
  }

  private static Caller admitted(Answered answer, RouteMatch match, long start) {
    Invocation invocation = match.invocation();
    Caller caller = Caller.ANONYMOUS.with(answer.context(), answer.policy());
    // Who is refused is known as well: access logs may name him.
    invocation.observations().identified(caller);
    if (answer.size() > LIGHT_POLICY) {
      invocation.carrier().computingForLong();
    }
    Effect effect = Policies.ofAuthorizer(answer.policy(), Policies.INVOKE, match);
    boolean allowed = effect == Effect.ALLOW;
    invocation.observations().authorized(AccessPhase.ofAuthorization(allowed, start));
    if (!allowed) {
      throw new GatewayFault(
          GatewayResponseType.ACCESS_DENIED,
          effect == Effect.DENY ? FaultCause.AUTHORIZER_DENIED : FaultCause.AUTHORIZER_SILENT);
    }
    return caller;
  }
}
