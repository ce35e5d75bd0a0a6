package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The <b>management API</b> of a stage: {@code @connections}, and beside it, beyond AWS, {@code
 * @groups}. Its commands are calls of the stage, by whatever address that has, signed by whoever
 * policies allow {@code execute-api:ManageConnections}, and count for the account's throttle.
 *
 * <p>AWS: the quota of requests that an account has in a region is for calls of this API as well;
 * source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html ("WebSocket callback
 * APIs").
 *
 * <p>Faults: those of {@link SignedCallers}; {@code MISSING_AUTHENTICATION_TOKEN} for what is no
 * command.
 */
final class ManagementCommands {
  private static final String MANAGE = "execute-api:ManageConnections";

  private final ConnectionCommands connections;
  private final GroupCommands groups;
  private final SignedCallers signed;
  private final RouteThrottling throttles;

  ManagementCommands(OpenConnections connections, SignedCallers signed, RouteThrottling throttles) {
    this.connections = new ConnectionCommands(connections);
    this.groups = new GroupCommands(connections);
    this.signed = signed;
    this.throttles = throttles;
  }

  /** Whether a call of a stage is a command, known or not. */
  static boolean isOne(ApiAddress address) {
    return CommandPath.of(address.afterStage()) != null;
  }

  /**
   * The connection that a path names, or null where it is none of a command to one.
   *
   * @param path begins with a slash
   */
  static @Nullable String connectionId(String path) {
    // Every request of a shared port is looked at.
    if (path.indexOf("connections/") < 0) {
      return null;
    }
    CommandPath command = CommandPath.of(path);
    return command != null
            && command.of() == CommandPath.Of.CONNECTIONS
            && command.names().size() == 1
        ? command.names().getFirst()
        : null;
  }

  HttpResponse execute(Invocation invocation, ApiAddress address) {
    Command command = find(CommandPath.of(address.afterStage()), invocation);
    if (command == null) {
      throw new GatewayFault(
              GatewayResponseType.MISSING_AUTHENTICATION_TOKEN, FaultCause.NO_COMMAND)
          .because("no command of @connections or @groups");
    }
    signed.authorize(command.call(), MANAGE);
    return throttles.admitsOfAccount(invocation.stage())
        ? command.action().get()
        : CommandAnswers.limitExceeded(FaultCause.THROTTLE_OF_ACCOUNT, invocation);
  }

  private @Nullable Command find(@Nullable CommandPath path, Invocation invocation) {
    if (path == null || path.names().isEmpty()) {
      return null;
    }
    List<String> names = path.names();
    return switch (path.of()) {
      case CONNECTIONS -> names.size() == 1 ? connections.find(names.getFirst(), invocation) : null;
      case GROUPS ->
          switch (names.size()) {
            case 1 -> groups.find(names.getFirst(), invocation);
            case 2 -> groups.find(names.getFirst(), names.getLast(), invocation);
            default -> null;
          };
    };
  }
}
