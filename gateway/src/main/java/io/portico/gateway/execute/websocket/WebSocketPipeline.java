package io.portico.gateway.execute.websocket;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.execute.AnswerIds;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.ConnectionEvent;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Pipeline;
import io.portico.gateway.execute.RefusedRequests;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of what happens on a connection of a WebSocket API, and of the commands to it. AWS
 * fixes it; each stage takes what it needs and returns the next type.
 *
 * <p>Messages of one connection are taken one after the other. AWS: promises no order; here a
 * client need not wait for an answer to have it.
 */
public final class WebSocketPipeline implements Pipeline<WebSocketStage> {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketPipeline.class);

  /** AWS: what a client that is let in comes to in its logs; source: assumed. */
  private static final int CONNECTED = 200;

  private final Invocations invocations;
  private final CurrentSnapshot snapshot;
  private final OpenConnections connections;
  private final ConnectStage connects;
  private final MessageStage messages;
  private final RouteIntegrations integrations;
  private final ManagementCommands commands;
  private final Telemetry telemetry;
  private final Telemetry ofCommands;
  private final RefusedRequests refusals;

  /**
   * @param invocations begins each event
   * @param snapshot where a message finds its stage
   * @param state what stages keep
   * @param integrations reaches the backends
   * @param telemetry hears of each event
   * @param ofCommands hears of each command. AWS: that access logs do not is assumed
   */
  public WebSocketPipeline(
      Invocations invocations,
      CurrentSnapshot snapshot,
      WebSocketState state,
      Integrations integrations,
      Telemetry telemetry,
      Telemetry ofCommands) {
    this(
        invocations, snapshot, state, integrations, telemetry, ofCommands, RefusedRequests.UNHEARD);
  }

  /**
   * @param invocations begins each event
   * @param snapshot where a message finds its stage
   * @param state what stages keep
   * @param integrations reaches the backends
   * @param telemetry hears of each event
   * @param ofCommands hears of each command
   * @param refusals hears of what is refused before it is an event
   */
  public WebSocketPipeline(
      Invocations invocations,
      CurrentSnapshot snapshot,
      WebSocketState state,
      Integrations integrations,
      Telemetry telemetry,
      Telemetry ofCommands,
      RefusedRequests refusals) {
    RouteThrottling throttles =
        new RouteThrottling(
            state.throttles(), state.connections().bounds().rate(), state.accountThrottle());
    this.invocations = invocations;
    this.snapshot = snapshot;
    this.connections = state.connections();
    this.integrations = new RouteIntegrations(integrations);
    this.connects = new ConnectStage(state, throttles, this.integrations);
    this.messages = new MessageStage(throttles, this.integrations);
    this.commands = new ManagementCommands(state.connections(), state.signed(), throttles);
    this.telemetry = telemetry;
    this.ofCommands = ofCommands;
    this.refusals = refusals;
  }

  @Override
  public HttpResponse answer(
      HttpRequest request, ApiAddress address, WebSocketStage stage, GatewaySnapshot current) {
    if (ManagementCommands.isOne(address)) {
      return command(request, address, stage, current);
    }
    HttpResponse refusal = OpeningHandshake.refusal(request).orElse(null);
    return refusal == null
        ? connect(request, address, stage, current)
        : refusals.heard(
            request, AnswerIds.added(refusal, stage), FaultCause.NO_HANDSHAKE, address);
  }

  @Override
  public boolean claims(HttpRequest request) {
    return ManagementCommands.connectionId(request.rawPath()) != null;
  }

  /**
   * A command by an address that names no stage: that of the connection. AWS: has no such address;
   * it is what its clients make of an endpoint that is Portico's as a whole.
   */
  @Override
  public HttpResponse answer(HttpRequest request, GatewaySnapshot current) {
    String connectionId = ManagementCommands.connectionId(request.rawPath());
    OpenConnection connection = connectionId == null ? null : connections.find(connectionId);
    WebSocketStage stage = connection == null ? null : OpenConnections.stage(connection, current);
    if (connection == null || stage == null) {
      return refusals.heard(request, ErrorReplies.gone(), FaultCause.CONNECTION_GONE, null);
    }
    // Where clients come by custom domains only, so do commands.
    return stage.defaultEndpointDisabled()
        ? refusals.heard(
            request,
            ErrorReplies.forbidden(),
            FaultCause.DEFAULT_ENDPOINT_DISABLED,
            connection.address())
        : command(request, connection.address().below(request.rawPath()), stage, current);
  }

  private HttpResponse connect(
      HttpRequest request, ApiAddress address, WebSocketStage stage, GatewaySnapshot current) {
    Invocation invocation = invocations.beginEvent(request, address, stage, current);
    Telemetry.Observed observed = telemetry.began(invocation);
    WebSocketCall call =
        new WebSocketCall(
            invocation,
            stage,
            ConnectionEvent.connect(RequestId.extended(), invocation.time()),
            WebSocketRoute.CONNECT,
            stage.route(WebSocketRoute.CONNECT));
    invocation.observations().happened(call);
    invocation.trace().happened(call);
    return observed.answered(connecting(call, address));
  }

  private HttpResponse connecting(WebSocketCall call, ApiAddress address) {
    try {
      if (!address.afterStage().isEmpty() && !address.afterStage().equals("/")) {
        throw forbidden(
            FaultCause.PATH_OF_CONNECTION, "nothing is connected to by " + address.afterStage());
      }
      if (call.stage().deploymentId() == null) {
        throw forbidden(FaultCause.NOTHING_DEPLOYED, "nothing is deployed to the stage");
      }
      HttpResponse connected = placed(call, address);
      call.invocation().trace().eventEnded(call, CONNECTED);
      return connected;
    } catch (GatewayFault fault) {
      failed(fault, call.invocation());
      return ErrorReplies.refusal(fault, call);
    } catch (RuntimeException | StackOverflowError bug) {
      logBug(bug, call.invocation());
      return ErrorReplies.bareRefusal(call);
    }
  }

  /**
   * Takes a place for the connection before anybody is asked: those that wait for an answer are as
   * many as hold a connection of the listener.
   */
  private HttpResponse placed(WebSocketCall call, ApiAddress address) {
    String client = call.invocation().request().connection().remoteIp();
    switch (connections.take(client)) {
      case TAKEN -> {}
      case NONE ->
          throw new GatewayFault(
                  GatewayResponseType.DEFAULT_5XX,
                  FaultCause.CONNECTIONS_FULL,
                  "Service Unavailable")
              .withStatus(503)
              .named("ServiceUnavailableException")
              .because("there are as many connections as websocket.max-connections allows");
      case NONE_OF_ADDRESS ->
          throw new GatewayFault(GatewayResponseType.THROTTLED, FaultCause.CONNECTIONS_OF_ADDRESS)
              .because(client + " has as many as websocket.max-connections-per-address allows");
    }
    boolean connected = false;
    try {
      HttpResponse answer = upgrade(call, address);
      connected = true;
      return answer;
    } finally {
      if (!connected) {
        connections.giveBack(client);
      }
    }
  }

  private HttpResponse upgrade(WebSocketCall call, ApiAddress address) {
    Headers told = connects.admit(call);
    Invocation invocation = call.invocation();
    OpenConnection connection =
        new OpenConnection(
            call.event().connectionId(),
            call.stage(),
            address,
            invocation.time(),
            invocation.request(),
            invocation.observations().caller());
    // A backend may know of the client as soon as the client does.
    connections.add(connection);
    return HttpResponse.switchingTo(
        new WebSocketUpgrade(
            new ClientSession(connection, connections, this), call.stage().connections()),
        told);
  }

  private static GatewayFault forbidden(FaultCause cause, String reason) {
    return new GatewayFault(GatewayResponseType.INVALID_API_KEY, cause).because(reason);
  }

  /**
   * A client has sent a message.
   *
   * @param binary whether it came as bytes
   */
  void message(OpenConnection connection, byte[] content, boolean binary) {
    WebSocketCall begun =
        begin(
            connection,
            content,
            ConnectionEvent.message(
                connection.connectionId(), connection.connectedAt(), RequestId.extended(), binary),
            WebSocketRoute.DEFAULT);
    if (begun == null) {
      return;
    }
    Telemetry.Observed observed = telemetry.began(begun.invocation());
    MessageReply reply = replying(begun, connection);
    observed.ended(reply.status(), tell(connection, reply));
  }

  /** How many bytes the client is sent. */
  private static int tell(OpenConnection connection, MessageReply reply) {
    byte[] content = reply.content();
    return content != null && connection.send(WebSocketMessages.of(content, reply.binary()))
        ? content.length
        : 0;
  }

  /**
   * What comes of a message.
   *
   * @param content what the client is sent, or null for nothing
   * @param binary whether it is sent as bytes even if it is text
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record MessageReply(int status, byte @Nullable [] content, boolean binary) {
    static MessageReply of(int status, String text) {
      return new MessageReply(status, text.getBytes(StandardCharsets.UTF_8), false);
    }
  }

  private MessageReply replying(WebSocketCall begun, OpenConnection connection) {
    try {
      MethodRequest request = MethodRequest.ofMessage(begun.invocation());
      WebSocketCall call = messages.route(begun, request);
      call.invocation().trace().happened(call);
      RouteAnswer answer = messages.answer(request, call, connection.caller());
      call.invocation().trace().eventEnded(call, answer.status());
      return new MessageReply(
          answer.status(),
          messages.isAnswered(call, answer) ? answer.content() : null,
          answer.binary() && call.stage().connections().binary());
    } catch (GatewayFault fault) {
      failed(fault, begun.invocation());
      return MessageReply.of(fault.status(), ErrorReplies.message(fault, begun));
    } catch (RuntimeException | StackOverflowError bug) {
      logBug(bug, begun.invocation());
      return MessageReply.of(500, ErrorReplies.bare(begun));
    }
  }

  /** A connection has ended, for whatever reason. */
  void ended(OpenConnection connection, WebSocketClose close) {
    WebSocketCall call =
        begin(
            connection,
            new byte[0],
            ConnectionEvent.disconnect(connection.connectionId(), connection.connectedAt(), close),
            WebSocketRoute.DISCONNECT);
    if (call == null) {
      return;
    }
    Telemetry.Observed observed = telemetry.began(call.invocation());
    observed.ended(disconnecting(call, connection), 0);
  }

  private int disconnecting(WebSocketCall call, OpenConnection connection) {
    try {
      call.invocation().trace().happened(call);
      int status =
          integrations
              .call(MethodRequest.ofMessage(call.invocation()), call, connection.caller())
              .status();
      call.invocation().trace().eventEnded(call, status);
      return status;
    } catch (GatewayFault fault) {
      failed(fault, call.invocation());
      return fault.status();
    } catch (RuntimeException | StackOverflowError bug) {
      logBug(bug, call.invocation());
      return 500;
    }
  }

  /** An event of a connection, on the stage as it is now; null where that is gone. */
  private @Nullable WebSocketCall begin(
      OpenConnection connection, byte[] content, ConnectionEvent event, String routeKey) {
    GatewaySnapshot current = snapshot.get();
    WebSocketStage stage = OpenConnections.stage(connection, current);
    if (stage == null) {
      LOG.debug("connection {} has no stage any more", connection.connectionId());
      return null;
    }
    Invocation invocation =
        invocations.beginEvent(
            connection.request(Body.of(content)), connection.address(), stage, current);
    WebSocketCall call =
        new WebSocketCall(invocation, stage, event, routeKey, stage.route(routeKey));
    invocation.observations().happened(call);
    invocation.observations().identified(connection.caller());
    return call;
  }

  private HttpResponse command(
      HttpRequest request, ApiAddress address, WebSocketStage stage, GatewaySnapshot current) {
    Invocation invocation = invocations.begin(request, address, stage, current);
    Telemetry.Observed observed = ofCommands.began(invocation);
    return observed.answered(commanding(invocation, address));
  }

  private HttpResponse commanding(Invocation invocation, ApiAddress address) {
    try {
      return commands.execute(invocation, address);
    } catch (GatewayFault fault) {
      failed(fault, invocation);
      return ErrorReplies.ofCommand(fault, invocation);
    } catch (RuntimeException | StackOverflowError bug) {
      logBug(bug, invocation);
      return ErrorReplies.bareOfCommand(invocation);
    }
  }

  private static void failed(GatewayFault fault, Invocation invocation) {
    invocation.observations().failed(fault);
    invocation.trace().eventFailed(fault);
    if (fault.type() == GatewayResponseType.API_CONFIGURATION_ERROR) {
      LOG.warn(
          "request {} to stage {} of API {}: {}",
          invocation.requestId(),
          invocation.stage().stageName(),
          invocation.stage().apiId(),
          fault.reason());
    } else {
      LOG.debug("request {}: {} {}", invocation.requestId(), fault.type(), fault.reason());
    }
  }

  private static void logBug(Throwable bug, Invocation invocation) {
    LOG.error("request {} failed in the gateway", invocation.requestId(), bug);
    invocation.trace().eventBroken();
    invocation.observations().trail().refused(FaultCause.GATEWAY_FAILED, bug.toString());
  }
}
