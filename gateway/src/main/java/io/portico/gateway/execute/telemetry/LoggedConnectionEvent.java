package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.ExecutionFailure;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The <b>execution log</b> of what happens on a connection of a WebSocket API, as the settings of
 * the route ask for it: nothing before the route is known.
 *
 * <p>AWS: that there is one is documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html. Its
 * words are assumed, but for those that it shares with REST APIs.
 */
final class LoggedConnectionEvent extends StageLog {
  private final String apiId;

  LoggedConnectionEvent(
      String requestId, ServedStage stage, Consumer<LoggedEvents> log, Clock clock) {
    super(requestId, stage, log, clock);
    this.apiId = stage.apiId();
  }

  @Override
  public void happened(WebSocketCall call) {
    WebSocketRoute route = call.route();
    if (route == null) {
      return;
    }
    begin(route.logging(), call.invocation());
    if (takes(Kind.INFO)) {
      add("Starting execution for request: " + requestId());
      add("WebSocket Request Route: [" + call.routeKey() + "]");
      add(what(call));
    }
    if (takes(Kind.DATA)) {
      add(
          "Request body before transformations: "
              + shown(MethodRequest.ofMessage(call.invocation()).body()));
    }
  }

  private String what(WebSocketCall call) {
    Invocation invocation = call.invocation();
    String client = "[Connection Id: " + call.event().connectionId() + "]";
    return switch (call.event().type()) {
      case CONNECT ->
          "Client [UserAgent: "
              + invocation.request().headers().first("User-Agent")
              + ", SourceIp: "
              + invocation.request().connection().remoteIp()
              + "] is connecting to WebSocket API ["
              + apiId
              + "].";
      case MESSAGE -> "WebSocket API [" + apiId + "] received message from client " + client + ".";
      case DISCONNECT -> "Client " + client + " disconnected from WebSocket API [" + apiId + "].";
    };
  }

  @Override
  public void eventEnded(WebSocketCall call, int status) {
    if (takes(Kind.INFO)) {
      add("Successfully completed execution");
      add("Route completed with status: " + status);
    }
    ended();
  }

  @Override
  public void eventFailed(GatewayFault fault) {
    if (fault.type() == GatewayResponseType.UNAUTHORIZED) {
      addError("Unauthorized request: " + requestId());
    } else {
      String text = ExecutionFailure.line(fault);
      if (text != null) {
        addError(text);
      }
      addError("Route completed with status: " + fault.status());
    }
    ended();
  }

  @Override
  public void eventBroken() {
    addError("Execution failed due to an internal error");
    ended();
  }
}
