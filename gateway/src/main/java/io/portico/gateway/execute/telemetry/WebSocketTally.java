package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics of a WebSocket API, by the rules of {@link WebSocketApiMeters}. That there is a zero
 * for each event without an error is taken from REST APIs.
 */
final class WebSocketTally implements Tally {
  private final LongAdder events = new LongAdder();
  private final LongAdder connects = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder integrationErrors = new LongAdder();
  private final LongAdder clientErrors = new LongAdder();
  private final LongAdder executionErrors = new LongAdder();
  private final TimeTally integrationLatency = new TimeTally();

  @Override
  public void record(Answer answer) {
    Observations observations = answer.invocation().observations();
    WebSocketCall call = observations.ofWebSocket();
    if (call == null) {
      messages.add(WebSocketApiMeters.messagesOfCommand(answer));
    } else {
      switch (call.event().type()) {
        case CONNECT -> connects.add(observations.wasHandedOn() ? 1 : 0);
        case MESSAGE -> messages.add(answer.bodyBytes() > 0 ? 2 : 1);
        case DISCONNECT -> {}
      }
    }
    switch (WebSocketApiMeters.error(observations)) {
      case OF_INTEGRATION -> integrationErrors.increment();
      case OF_EXECUTION -> executionErrors.increment();
      case OF_CLIENT -> clientErrors.increment();
      case NONE -> {}
    }
    if (observations.integrationCalled()) {
      integrationLatency.record(observations.integrationNanos());
    }
    events.increment();
  }

  @Override
  public boolean drain(Measured measured) {
    double count = events.sumThenReset();
    if (count == 0) {
      return false;
    }
    measured.accept("ConnectCount", MetricUnit.COUNT, times(connects));
    measured.accept("MessageCount", MetricUnit.COUNT, times(messages));
    measured.accept("IntegrationError", MetricUnit.COUNT, RestTally.ones(integrationErrors, count));
    measured.accept("ClientError", MetricUnit.COUNT, RestTally.ones(clientErrors, count));
    measured.accept("ExecutionError", MetricUnit.COUNT, RestTally.ones(executionErrors, count));
    measured.accept("IntegrationLatency", MetricUnit.MILLISECONDS, integrationLatency.drain());
    return true;
  }

  private static Distribution times(LongAdder adder) {
    return Distribution.of(1, (double) adder.sumThenReset());
  }
}
