package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.WebSocketCall;

/**
 * The metrics of AWS's namespace {@code AWS/ApiGateway} for one set of dimensions of a WebSocket
 * API.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html">Monitoring
 *     WebSocket API execution with CloudWatch metrics</a>
 */
final class WebSocketApiMeters {
  private static final String NAMESPACE = "aws.apigateway.";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int FIRST_ERROR = 400;
  private static final int FIRST_OF_SERVER = 500;

  private final OwnMeters made;
  private final Tags dimensions;
  private final Counter connects;
  private final Counter messages;
  private final Counter integrationErrors;
  private final Counter clientErrors;
  private final Counter executionErrors;
  private final DistributionSummary integrationLatency;

  WebSocketApiMeters(MeterRegistry registry, Tags given) {
    this.made = new OwnMeters(registry);
    this.dimensions = CloudWatchMeters.ALL.and(given);
    this.connects = counter("ConnectCount");
    this.messages = counter("MessageCount");
    this.integrationErrors = counter("IntegrationError");
    this.clientErrors = counter("ClientError");
    this.executionErrors = counter("ExecutionError");
    this.integrationLatency =
        made.add(
            DistributionSummary.builder(NAMESPACE + "IntegrationLatency")
                .baseUnit("milliseconds")
                .tags(dimensions)
                .register(registry));
  }

  /** Something happened on a connection, or a message was sent to one. */
  void record(Answer answer, Observations observations) {
    WebSocketCall call = observations.ofWebSocket();
    if (call == null) {
      messages.increment(messagesOfCommand(answer));
    } else {
      switch (call.event().type()) {
        // AWS: those that were sent to the route's integration; source: documented, see the class.
        case CONNECT -> connects.increment(observations.wasHandedOn() ? 1 : 0);
        // What the client is sent by a two-way route is a message as well.
        case MESSAGE -> messages.increment(answer.bodyBytes() > 0 ? 2 : 1);
        case DISCONNECT -> {}
      }
    }
    switch (error(observations)) {
      case OF_INTEGRATION -> integrationErrors.increment();
      case OF_EXECUTION -> executionErrors.increment();
      case OF_CLIENT -> clientErrors.increment();
      case NONE -> {}
    }
    if (observations.integrationCalled()) {
      integrationLatency.record(observations.integrationNanos() / NANOS_PER_MILLI);
    }
  }

  /** AWS: callbacks are messages, too; source: documented. What is refused is none: assumed. */
  static int messagesOfCommand(Answer answer) {
    return answer.status() < FIRST_ERROR && answer.invocation().httpMethod().equals("POST") ? 1 : 0;
  }

  /** Whose error something was. */
  enum Failure {
    OF_INTEGRATION,
    OF_EXECUTION,
    OF_CLIENT,
    NONE
  }

  static Failure error(Observations observations) {
    int ofBackend =
        observations.functionStatus() == 0
            ? observations.integrationStatus()
            : observations.functionStatus();
    GatewayFault fault = observations.fault();
    if (ofBackend >= FIRST_ERROR || observations.functionError() != null) {
      return Failure.OF_INTEGRATION;
    }
    if (fault != null && fault.status() >= FIRST_OF_SERVER) {
      return Failure.OF_EXECUTION;
    }
    return fault != null && !observations.integrationCalled() ? Failure.OF_CLIENT : Failure.NONE;
  }

  void remove() {
    made.remove();
  }

  private Counter counter(String name) {
    return made.add(Counter.builder(NAMESPACE + name).tags(dimensions).register(made.registry()));
  }
}
