package io.portico.gateway.execute.authorizer;

import com.github.benmanes.caffeine.cache.Ticker;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.execute.AccessPhase;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.regex.TooManyStepsException;
import io.portico.gateway.snapshot.CallLimits.Bound;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.LambdaAuthorizer;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * <b>Lambda authorizers</b>: a function says by a policy what a caller may call.
 *
 * <p>Faults: {@code UNAUTHORIZED} for who does not say who he is, or is not known; {@code
 * ACCESS_DENIED} for what the policy does not allow; {@code AUTHORIZER_FAILURE} and {@code
 * AUTHORIZER_CONFIGURATION_ERROR} for an authorizer that gives no answer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">Use
 *     API Gateway Lambda authorizers</a>
 */
public final class LambdaAuthorizers {
  private static final String INCOMPLETE = "an identity source is missing or empty";

  /** AWS: how long an authorizer may take is not documented; as long as an integration: assumed. */
  private static final Duration TIMEOUT = Duration.ofSeconds(29);

  /** How long somebody waits for the answer to another's question. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /**
   * AWS: bytes of a method's ARN; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html.
   */
  private static final int LONGEST_ARN = 1600;

  /** A policy of this size is looked through in well under a millisecond. */
  private static final int LIGHT_POLICY = 16 * 1024;

  private final AuthorizerFunction function;
  private final AuthorizerResults results;

  /**
   * @param own invokes the functions with credentials of the gateway's own
   * @param credentials sign the other invocations
   * @param snapshot tells which stages there are: what was answered for one goes with it
   */
  public LambdaAuthorizers(
      LambdaInvoke own, SigningCredentials credentials, CurrentSnapshot snapshot) {
    this(own, credentials, snapshot, Ticker.systemTicker());
  }

  /**
   * @param snapshot null where no stage ever goes
   * @param ticker tells how old an answer is
   */
  public LambdaAuthorizers(
      LambdaInvoke own,
      SigningCredentials credentials,
      @Nullable CurrentSnapshot snapshot,
      Ticker ticker) {
    this.function = new AuthorizerFunction(own, credentials, TIMEOUT);
    this.results = new AuthorizerResults(snapshot, ticker);
  }

  /** Forgets what authorizers have answered for a stage. */
  public void flush(String stageKey) {
    results.flush(stageKey);
  }

  /** How many wait for the answers that others are asking for. */
  int waiting() {
    return results.waiting();
  }

  /**
   * Whom an authorizer lets in.
   *
   * @param ofApi what the API's resource policy says, which denies it not. AWS: what the authorizer
   *     says nothing of is allowed where that policy allows it; source: documented,
   *     https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html,
   *     table A
   */
  Caller authorize(MethodMatch match, LambdaAuthorizer authorizer, Effect ofApi) {
    return admitted(question(match, authorizer), ofApi);
  }

  /**
   * Whom an authorizer lets in that is asked about every connection of a WebSocket API.
   *
   * <p>AWS: whoever brings no value for an identity source is refused; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html.
   *
   * @param event what it is told, by the ARN of what is called
   */
  public Caller authorize(
      MatchedCall match,
      RequestParameters parameters,
      LambdaAuthorizer authorizer,
      Function<String, byte[]> event) {
    Question question =
        question(match, parameters, authorizer, (identity, arn) -> event.apply(arn));
    if (!question.identity.isComplete()) {
      throw new GatewayFault(GatewayResponseType.UNAUTHORIZED, FaultCause.IDENTITY_SOURCE_MISSING)
          .because(INCOMPLETE);
    }
    return admitted(question, Effect.NONE);
  }

  private Caller admitted(Question question, Effect ofApi) {
    LambdaAuthorizer authorizer = question.authorizer;
    MatchedCall match = question.match;
    AuthorizerResult result =
        authorizer.ttl().isZero()
            ? question.ask()
            : results.get(
                match.stage(),
                authorizer.key(),
                question.identity,
                authorizer.ttl(),
                match.invocation().remaining(WAIT, question.start),
                question::ask);
    long answered = question.observe(result);
    return switch (result) {
      case Answered answer -> admitted(answer, match, ofApi, answered);
      case Refused refused -> throw refused.fault();
    };
  }

  KnownCaller test(MethodMatch match, LambdaAuthorizer authorizer) {
    return switch (question(match, authorizer).ask()) {
      case Answered answer -> new KnownCaller(answer.context(), answer.document());
      case Refused refused -> throw refused.fault();
    };
  }

  private Question question(MethodMatch match, LambdaAuthorizer authorizer) {
    RequestParameters parameters = match.request().parameters();
    return question(
        match,
        parameters,
        authorizer,
        (identity, arn) -> AuthorizerEvent.of(authorizer, identity, arn, parameters, match));
  }

  private Question question(
      MatchedCall match,
      RequestParameters parameters,
      LambdaAuthorizer authorizer,
      EventForm form) {
    Invocation invocation = match.invocation();
    Identity identity = Identity.of(authorizer.identitySources(), parameters, invocation);
    if (invocation.trace().isOn()) {
      invocation.trace().authorizerStarts(authorizer.id(), identity.lasts(), invocation);
    }
    String defect = defect(identity, authorizer, invocation);
    if (defect != null) {
      throw new GatewayFault(
              GatewayResponseType.UNAUTHORIZED,
              identity.isComplete() ? FaultCause.TOKEN_FORM : FaultCause.IDENTITY_SOURCE_MISSING)
          .because(defect);
    }
    String arn = match.arn();
    if (arn.length() > LONGEST_ARN) {
      throw new GatewayFault(
              GatewayResponseType.DEFAULT_4XX, FaultCause.ARN_TOO_LONG, "Request URI too long")
          .withStatus(414);
    }
    return new Question(authorizer, identity, arn, form, match);
  }

  /**
   * Why nobody needs to be asked, or null.
   *
   * <p>AWS: nothing is looked at where a REQUEST authorizer's answers are not kept; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization-with-console.html.
   */
  private static @Nullable String defect(
      Identity identity, LambdaAuthorizer authorizer, Invocation invocation) {
    return switch (authorizer.type()) {
      case TOKEN ->
          !identity.isComplete()
              ? "no token"
              : isValid(identity.last(0), authorizer.validation(), invocation)
                  ? null
                  : "the token does not match the identity validation expression";
      case REQUEST -> authorizer.ttl().isZero() || identity.isComplete() ? null : INCOMPLETE;
    };
  }

  private static boolean isValid(
      String token, @Nullable BoundedPattern expression, Invocation invocation) {
    try {
      return expression == null || expression.matches(token, invocation.carrier());
    } catch (TooManyStepsException e) {
      // Not known to match.
      return false;
    }
  }

  /** What an authorizer is told. */
  private interface EventForm {
    byte[] of(Identity identity, String arn);
  }

  /** What an authorizer is asked about one call; it is asked at most once. */
  private final class Question {
    private final LambdaAuthorizer authorizer;
    private final Identity identity;
    private final String arn;
    private final EventForm form;
    private final MatchedCall match;
    private final long start = System.nanoTime();
    private AuthorizerFunction.@Nullable Reply reply;

    Question(
        LambdaAuthorizer authorizer,
        Identity identity,
        String arn,
        EventForm form,
        MatchedCall match) {
      this.authorizer = authorizer;
      this.identity = identity;
      this.arn = arn;
      this.form = form;
      this.match = match;
    }

    AuthorizerResult ask() {
      byte[] event = form.of(identity, arn);
      AuthorizerFunction.Reply given =
          function.ask(
              authorizer.function(),
              authorizer.signer(),
              AuthorizerFunction.source(authorizer.id(), authorizer.role(), match.stage()),
              event,
              this::read,
              match.invocation());
      reply = given;
      return given.result();
    }

    /**
     * AWS: what an authorizer of a WebSocket API answers has 8 KB at most; source: documented,
     * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html,
     * and that others may answer more is reported by users,
     * https://repost.aws/questions/QUzilwCUByQz6iUi-9hwPFJQ. What the client is told of a longer
     * one is assumed.
     */
    private AuthorizerResult read(byte[] payload) {
      if (match.stage() instanceof WebSocketStage stage) {
        Bound bound = stage.limits().authorizerResult();
        if (payload.length > bound.most()) {
          return new Refused(
              GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
              FaultCause.AUTHORIZER_ANSWER_MALFORMED,
              "the authorizer's answer is longer than " + bound.most() + " bytes",
              null);
        }
        if (payload.length > bound.told()) {
          match.invocation().overruns().authorizerResult(stage, payload.length);
        }
      }
      return AuthorizerAnswer.of(payload);
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

  private static Caller admitted(Answered answer, MatchedCall match, Effect ofApi, long start) {
    Invocation invocation = match.invocation();
    Caller caller = Caller.ANONYMOUS.with(answer.context(), answer.policy());
    // Who is refused is known as well: access logs and gateway responses may name him.
    invocation.observations().identified(caller);
    if (answer.size() > LIGHT_POLICY) {
      invocation.carrier().computingForLong();
    }
    Effect effect = Policies.ofAuthorizer(answer.policy(), Policies.INVOKE, match);
    boolean allowed =
        switch (effect) {
          case ALLOW -> true;
          case DENY -> false;
          case NONE, DELEGATE -> ofApi == Effect.ALLOW;
        };
    invocation.observations().authorized(AccessPhase.ofAuthorization(allowed, start));
    if (!allowed) {
      throw effect == Effect.DENY
          ? denied(FaultCause.AUTHORIZER_DENIED, " with an explicit deny")
          : denied(FaultCause.AUTHORIZER_SILENT, "");
    }
    return caller;
  }

  /**
   * AWS: source: documented,
   * https://repost.aws/knowledge-center/api-gateway-403-error-lambda-authorizer.
   *
   * @param why begins with a blank, or is empty
   */
  private static GatewayFault denied(FaultCause cause, String why) {
    return new GatewayFault(
        GatewayResponseType.ACCESS_DENIED, cause, GatewayResponseType.ACCESS_DENIED.text() + why);
  }
}
