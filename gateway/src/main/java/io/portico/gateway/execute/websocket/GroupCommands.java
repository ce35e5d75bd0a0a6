package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.websocket.ConnectionGroups.Group;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commands of <b>{@code @groups}</b>, beyond AWS: {@code PUT} and {@code DELETE} of {@code
 * …/@groups/{group}/{connectionId}} make a connection a member or no member, {@code POST
 * …/@groups/{group}} sends to all members, {@code GET} lists them. A group without members is one
 * that is not there, and is answered the same.
 */
final class GroupCommands {
  /** How many members a list has at most; the next begins behind them. */
  static final int PAGE = 1_000;

  /** What stands in paths and ARNs as it is, and means nothing in patterns of policies. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~:-]+");

  private final OpenConnections connections;
  private final ConnectionGroups groups;

  GroupCommands(OpenConnections connections) {
    this.connections = connections;
    this.groups = connections.groups();
  }

  /** The command of a request to a group, or null where it is none. */
  @Nullable Command find(String name, Invocation invocation) {
    CommandCall call = CommandCall.ofGroup(invocation, List.of(name));
    return switch (invocation.httpMethod()) {
      case "POST" -> command(call, name, group -> post(group, invocation));
      case "GET" -> command(call, name, group -> list(group, invocation));
      default -> null;
    };
  }

  /** The command of a request to a connection of a group, or null where it is none. */
  @Nullable Command find(String name, String connectionId, Invocation invocation) {
    CommandCall call = CommandCall.ofGroup(invocation, List.of(name, connectionId));
    Supplier<@Nullable OpenConnection> connection =
        () -> connections.find(connectionId, invocation.stage().key());
    return switch (invocation.httpMethod()) {
      case "PUT" -> command(call, name, group -> join(group, connection, invocation));
      case "DELETE" -> command(call, name, group -> leave(group, connection.get(), invocation));
      default -> null;
    };
  }

  private Command command(CommandCall call, String name, Function<Group, HttpResponse> action) {
    int longest = connections.bounds().groupName();
    return new Command(
        call,
        () ->
            name.length() <= longest && NAME.matcher(name).matches()
                ? action.apply(new Group(call.stage().key(), name))
                : CommandAnswers.badRequest(
                    "Invalid group name: allowed are 1 to "
                        + longest
                        + " letters, digits and any of . _ ~ : -",
                    call.invocation()));
  }

  private HttpResponse join(
      Group group, Supplier<@Nullable OpenConnection> connection, Invocation invocation) {
    return switch (groups.join(group, connection)) {
      case MEMBER -> CommandAnswers.done(204, invocation);
      case GONE -> ErrorReplies.gone(invocation);
      case TOO_MANY ->
          CommandAnswers.limitExceeded(
              "A connection is in " + connections.bounds().groups() + " groups at most",
              invocation);
    };
  }

  private HttpResponse leave(
      Group group, @Nullable OpenConnection connection, Invocation invocation) {
    if (connection == null) {
      return ErrorReplies.gone(invocation);
    }
    groups.leave(group, connection);
    return CommandAnswers.done(204, invocation);
  }

  private HttpResponse post(Group group, Invocation invocation) {
    return PostedMessages.read(
        invocation,
        message ->
            PostedMessages.toAll(groups.members(group).values().stream(), message, invocation));
  }

  /** In the order of their ids, from behind that of {@code nextToken}. */
  private HttpResponse list(Group group, Invocation invocation) {
    // There may be very many of them.
    invocation.carrier().computingForLong();
    NavigableMap<String, OpenConnection> members = groups.members(group);
    String token = RequestParameters.of(invocation, Map.of()).query().last("nextToken");
    List<String> page =
        open(token == null ? members : members.tailMap(token, false)).limit(PAGE + 1L).toList();
    ObjectNode answer = Json.object().put("count", open(members).count());
    ArrayNode ids = answer.putArray("connectionIds");
    page.stream().limit(PAGE).forEach(ids::add);
    if (page.size() > PAGE) {
      answer.put("nextToken", page.get(PAGE - 1));
    }
    return CommandAnswers.ok(answer, invocation);
  }

  /** Those whose client is there; the end of others may not have been heard of yet. */
  private static Stream<String> open(NavigableMap<String, OpenConnection> members) {
    return members.values().stream()
        .filter(OpenConnection::isOpen)
        .map(OpenConnection::connectionId);
  }
}
