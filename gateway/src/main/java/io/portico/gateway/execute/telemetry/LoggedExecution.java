package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.ExecutionFailure;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.ApiKeySource;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The <b>execution log</b> of a call, as the settings of its method ask for it: nothing before the
 * method is known, so that a call that reaches none is not logged.
 *
 * <p>AWS: the events of authorizers and usage plans are documented,
 * https://repost.aws/knowledge-center/api-gateway-logs. What else a call's log begins and ends
 * with, and what is left out without data trace, is in logs that users have published. That ERROR
 * has only what went wrong, and how the method ended then, is assumed.
 */
final class LoggedExecution extends StageLog {
  private static final String API_KEY = "x-api-key";
  private static final long SECOND = 1_000_000_000;

  private @Nullable MethodMatch match;
  private boolean authorizerAsked;

  LoggedExecution(String requestId, ServedStage stage, Consumer<LoggedEvents> log, Clock clock) {
    super(requestId, stage, log, clock);
  }

  @Override
  public void routed(MethodMatch matched) {
    match = matched;
    ExecutionLogging logging = matched.settings().logging();
    // AWS: what of a stream is logged is not described. It is not held up to be logged.
    boolean streamed = matched.method().integration().isStreamed();
    begin(
        streamed && logging == ExecutionLogging.DATA_TRACE ? ExecutionLogging.INFO : logging,
        matched.invocation());
  }

  @Override
  public void authorizerStarts(String authorizerId, List<String> identity, Invocation invocation) {
    authorizerAsked = true;
    super.authorizerStarts(authorizerId, identity, invocation);
  }

  @Override
  public void authorized(Caller caller, MethodMatch matched) {
    if (!takes(Kind.INFO)) {
      return;
    }
    if (authorizerAsked) {
      AuthorizerContext said = caller.authorizer();
      String principalId = said == null ? null : said.principalId();
      if (takes(Kind.DATA) && principalId != null) {
        add("Using valid authorizer policy for principal: " + LoggedValues.hinted(principalId));
      }
      add("Successfully completed authorizer execution");
    }
    add(
        "Verifying Usage Plan for request: "
            + requestId()
            + ". API Key: "
            + key(caller, matched)
            + " API Stage: "
            + apiStage());
  }

  @Override
  public void methodRequest(MethodRequest request, MethodMatch matched) {
    if (takes(Kind.INFO)) {
      String key = key(matched.invocation().observations().caller(), matched);
      if (matched.method().apiKeySource() == null) {
        add(
            "API Key  authorized because method '"
                + matched.method().httpMethod()
                + " "
                + matched.method().resourcePath()
                + "' does not require API Key. Request will not contribute to throttle or quota"
                + " limits");
      }
      add("Usage Plan check succeeded for API Key " + key + " and API Stage " + apiStage());
    }
    super.methodRequest(request, matched);
  }

  /** AWS: without the ids that the front end adds; source: logs that users have published. */
  @Override
  Headers shown(HttpResponse response) {
    return requestId().equals(response.headers().first(REQUEST_ID))
        ? made(response)
        : super.shown(response);
  }

  @Override
  public void methodResponse(HttpResponse response) {
    super.methodResponse(response);
    ended();
  }

  @Override
  public void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {
    MethodMatch matched = match;
    if (matched == null || !isOn()) {
      return;
    }
    switch (fault.type()) {
      // AWS: no more than this; source: documented,
      // https://repost.aws/knowledge-center/api-gateway-logs.
      case UNAUTHORIZED -> add("Unauthorized request: " + requestId());
      case AUTHORIZER_CONFIGURATION_ERROR, AUTHORIZER_FAILURE -> {
        authorizerUnusable(fault);
        failedWith(fault, response, invocation);
      }
      // AWS: assumed.
      case ACCESS_DENIED -> {
        add("The client is not authorized to perform this operation.");
        failedWith(fault, response, invocation);
      }
      case THROTTLED -> {
        add(throttled(matched));
        failedWith(fault, response, invocation);
      }
      default -> super.failed(fault, response, invocation);
    }
    ended();
  }

  /** AWS: that it is told behind what was logged as done is assumed, as what is. */
  @Override
  public void brokeOff(GatewayFault fault) {
    String text =
        fault.why() == FaultCause.FUNCTION_FAILED
            ? ExecutionFailure.ofFunction(200, String.valueOf(fault.told()), "")
            : ExecutionFailure.line(fault);
    if (isOn() && text != null) {
      addError(text);
      handedOn();
    }
  }

  @Override
  public void broken(HttpResponse response) {
    if (isOn()) {
      super.broken(response);
      ended();
    }
  }

  /**
   * AWS: of the stage's throttle for the method in logs that users have published; that of a usage
   * plan, and of the account, is told of in the words of the answer, which is assumed.
   */
  private static String throttled(MethodMatch matched) {
    ThrottleLimit limit = matched.settings().throttle();
    if (limit == null || limit.isNothing() || matched.method().apiKeySource() != null) {
      return "Execution failed: " + GatewayResponseType.THROTTLED.text();
    }
    return String.format(
        Locale.ROOT,
        "Key throttle limit exceeded for RestApi %s, Stage %s, Resource %s, HttpMethod %s."
            + " Limit: %.2f Burst: %d",
        matched.stage().apiId(),
        matched.stage().stageName(),
        matched.method().resourceId(),
        matched.httpMethod(),
        (double) SECOND / limit.intervalNanos(),
        limit.toleranceNanos() / limit.intervalNanos() + 1);
  }

  /** The API key that the method asks for, as it was shown, or nothing. */
  private static String key(Caller caller, MethodMatch matched) {
    ApiKeySource source = matched.method().apiKeySource();
    AuthorizerContext said = caller.authorizer();
    String shown =
        switch (source) {
          case HEADER -> matched.invocation().request().headers().first(API_KEY);
          case AUTHORIZER -> said == null ? null : said.usageIdentifierKey();
          case null -> null;
        };
    return shown == null ? "" : LoggedValues.masked(shown);
  }
}
