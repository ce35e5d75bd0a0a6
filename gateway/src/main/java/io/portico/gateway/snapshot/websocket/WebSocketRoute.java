package io.portico.gateway.snapshot.websocket;

import io.portico.gateway.snapshot.ApiKeySource;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.RequestValidation.RequiredParameter;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of a WebSocket API, ready to be called.
 *
 * @param routeKey such as {@code join}, {@value #CONNECT} or {@value #DEFAULT}
 * @param authorization whom it lets in
 * @param apiKeySource where the API key is that it requires, or null where it requires none
 * @param required parameters of the opening handshake that must be there
 * @param models how messages are validated, or null where they are not
 * @param integration what it calls, or null where it calls nothing
 * @param twoWay whether what the integration answers is sent to the client
 * @param throttle over all callers, or null
 * @param metricsEnabled whether it has metrics of its own beside its stage's
 * @param logging what its execution log says
 */
public record WebSocketRoute(
    String routeId,
    String routeKey,
    Authorization authorization,
    @Nullable ApiKeySource apiKeySource,
    List<RequiredParameter> required,
    @Nullable ModelSelection models,
    @Nullable WebSocketIntegration integration,
    boolean twoWay,
    @Nullable ThrottleLimit throttle,
    boolean metricsEnabled,
    ExecutionLogging logging) {
  /** The key of the route that is called before a client is connected. */
  public static final String CONNECT = "$connect";

  /** The key of the route that is called once a connection has ended. */
  public static final String DISCONNECT = "$disconnect";

  /** The key of the route of messages that no other one is for, and of other catch-alls. */
  public static final String DEFAULT = "$default";
}
