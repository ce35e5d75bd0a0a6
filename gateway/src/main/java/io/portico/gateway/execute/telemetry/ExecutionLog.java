package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.ExecutionFailure;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Headers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The <b>execution log</b> of a test, event by event: all of them, whatever a stage has logged. */
public final class ExecutionLog extends ExecutionEvents {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String REQUEST_ID = "x-amzn-RequestId";
  private static final String EXTENDED_REQUEST_ID = "x-amz-apigw-id";

  private final Clock clock;
  private final List<Event> events = new ArrayList<>();

  /**
   * @param text as AWS has it, without time and request id
   */
  private record Event(Instant time, String text) {}

  /**
   * @param clock what the events' times are read from
   */
  public ExecutionLog(Clock clock) {
    this.clock = clock;
  }

  /** What TestInvokeMethod answers as its log. */
  public String ofTest(String requestId) {
    StringBuilder log = new StringBuilder("Execution log for request ").append(requestId);
    for (Event event : events) {
      log.append('\n').append(DATE.format(event.time)).append(" : ").append(event.text);
    }
    return log.append('\n').toString();
  }

  /**
   * The headers of an answer as far as the method has made them: not those that the front end adds.
   *
   * <p>AWS: recorded, facts TIN-02, TIN-06. That a customised gateway response has its type is
   * assumed.
   */
  public static Headers ofMethod(Headers answer, Invocation invocation) {
    Headers.Builder headers = answer.toBuilder();
    if (invocation.requestId().equals(answer.first(REQUEST_ID))) {
      headers.remove(REQUEST_ID).remove(EXTENDED_REQUEST_ID);
    }
    GatewayFault fault = invocation.observations().fault();
    if (fault != null && !isCustomised(fault, invocation)) {
      headers.remove("Content-Type");
    }
    return headers.build();
  }

  /** An authorizer that is tested knows the caller. */
  public void authorizerDone(AuthorizerContext said) {
    String principalId = said.principalId();
    if (principalId != null) {
      add("Using valid authorizer policy for principal: " + LoggedValues.hinted(principalId));
    }
    add("Successfully completed authorizer execution");
  }

  /** An authorizer that is tested knows nobody, or gave no answer. */
  public void authorizerFailed(GatewayFault fault, Invocation invocation) {
    switch (fault.type()) {
      case AUTHORIZER_CONFIGURATION_ERROR, AUTHORIZER_FAILURE -> authorizerUnusable(fault);
      case UNAUTHORIZED -> {
        add("Unauthorized request: " + invocation.requestId());
        if (fault.told() != null) {
          add(fault.told());
        }
        add(String.valueOf(fault.text()));
      }
      default -> add(ExecutionFailure.failed(fault));
    }
  }

  @Override
  boolean takes(Kind kind) {
    return true;
  }

  @Override
  void add(String text) {
    events.add(new Event(clock.instant(), LoggedValues.shortened(text)));
  }
}
