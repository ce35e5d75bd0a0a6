package io.portico.gateway.execute.websocket;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.snapshot.ServedStage;
import java.util.List;

/** A command of the management API, as policies see it. */
final class CommandCall extends MatchedCall {
  private static final String CONNECTIONS = "/" + CommandPath.Of.CONNECTIONS.segment();
  private static final String GROUPS = "/" + CommandPath.Of.GROUPS.segment();

  private final String path;
  private final List<String> others;

  /**
   * @param path of its ARN
   * @param others by which a policy may deny it, too
   */
  private CommandCall(Invocation invocation, String path, List<String> others) {
    super(invocation);
    this.path = path;
    this.others = others;
  }

  /**
   * A command to a connection.
   *
   * <p>AWS: its ARN does not name the connection: it ends with {@code
   * /@connections/{connectionId}}; source: refusals that users have published, such as
   * https://github.com/aws/aws-sdk-net/issues/1637. What a policy denies of {@code /@connections},
   * which is what AWS documents, or of the connection, is denied as well.
   */
  static CommandCall ofConnection(Invocation invocation, String connectionId) {
    return new CommandCall(
        invocation,
        CONNECTIONS + "/{connectionId}",
        List.of(CONNECTIONS, CONNECTIONS + "/" + connectionId));
  }

  /**
   * A command to a group, or of a connection to one. Its ARN names both, so that a backend may be
   * allowed some groups. What is denied of all of them, or of the group, is denied as well.
   */
  static CommandCall ofGroup(Invocation invocation, List<String> names) {
    return new CommandCall(
        invocation,
        GROUPS + "/" + String.join("/", names),
        List.of(GROUPS, GROUPS + "/" + names.getFirst()));
  }

  @Override
  public String arn(String account) {
    return arn(account, path);
  }

  @Override
  public List<String> readings() {
    String account = stage().accountId();
    return others.stream().map(other -> arn(account, other)).toList();
  }

  private String arn(String account, String ofPath) {
    ServedStage stage = stage();
    return SourceArn.ofMethod(
        stage.region(), account, stage.apiId(), stage.stageName(), httpMethod(), ofPath);
  }
}
