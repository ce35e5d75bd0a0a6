package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.snapshot.ServedStage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one invocation for the log group of its stage: gathered, and handed on when it has
 * ended. Nothing is gathered before it is known what was called and what its settings say.
 *
 * <p>AWS: the names of groups are documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html.
 */
abstract class StageLog extends ExecutionEvents {
  private static final String GROUP = "API-Gateway-Execution-Logs_";

  /** How many events a call has, as a rule, without data trace. */
  private static final int USUAL = 10;

  private final String requestId;
  private final ServedStage stage;
  private final Consumer<LoggedEvents> log;
  private final Clock clock;
  private ExecutionLogging logging = ExecutionLogging.OFF;
  private @Nullable Invocation invocation;
  private List<LoggedEvents.Event> events = List.of();
  private String endpointRequestId = "";

  StageLog(String requestId, ServedStage stage, Consumer<LoggedEvents> log, Clock clock) {
    this.requestId = requestId;
    this.stage = stage;
    this.log = log;
    this.clock = clock;
  }

  /** What was called is known, and what of it is to be logged. */
  final void begin(ExecutionLogging asked, Invocation begun) {
    logging = asked;
    invocation = begun;
    if (takes(Kind.INFO)) {
      add("Extended Request Id: " + begun.extendedRequestId());
    }
  }

  final String requestId() {
    return requestId;
  }

  final String apiStage() {
    return stage.apiId() + "/" + stage.stageName();
  }

  @Override
  public boolean isOn() {
    return logging != ExecutionLogging.OFF;
  }

  @Override
  boolean takes(Kind kind) {
    return switch (kind) {
      case ERROR -> logging != ExecutionLogging.OFF;
      case INFO -> logging.compareTo(ExecutionLogging.INFO) >= 0;
      case DATA -> logging == ExecutionLogging.DATA_TRACE;
    };
  }

  @Override
  void add(String text) {
    if (events.isEmpty()) {
      events = new ArrayList<>(USUAL);
    }
    events.add(
        new LoggedEvents.Event(
            clock.millis(), LoggedValues.shortened("(" + requestId + ") " + text)));
  }

  @Override
  public void endpointResponse(UpstreamResponse response, long nanos) {
    String id = response.headers().first(REQUEST_ID);
    endpointRequestId = id == null ? "" : id;
    super.endpointResponse(response, nanos);
  }

  /** What its log ends with, and where it goes then; nothing where nothing has been gathered. */
  final void ended() {
    Invocation begun = invocation;
    if (begun == null || events.isEmpty()) {
      return;
    }
    if (!endpointRequestId.isEmpty()) {
      add("AWS Integration Endpoint RequestId : " + endpointRequestId);
    }
    if (takes(Kind.INFO)) {
      add("X-ray Tracing ID : Root=" + begun.traceRoot());
    }
    handedOn();
  }

  /** What has been gathered goes where it belongs. */
  final void handedOn() {
    String group = GROUP + apiStage();
    write(group);
    // AWS: they are in both; source: documented, see above.
    if (stage.release() == Release.CANARY) {
      write(group + "/Canary");
    }
    events = List.of();
  }

  private void write(String group) {
    log.accept(new LoggedEvents(stage.accountId(), stage.region(), group, requestId, events));
  }
}
