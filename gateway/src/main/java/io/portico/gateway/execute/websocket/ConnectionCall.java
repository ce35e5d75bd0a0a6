package io.portico.gateway.execute.websocket;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.snapshot.ServedStage;
import java.util.List;

/**
 * A command to connections, as policies see it.
 *
 * <p>AWS: its ARN does not name the connection: it ends with {@code /@connections/{connectionId}};
 * source: refusals that users have published, such as
 * https://github.com/aws/aws-sdk-net/issues/1637. What a policy denies of {@code /@connections},
 * which is what AWS documents, or of the connection, is denied as well.
 */
final class ConnectionCall extends MatchedCall {
  private static final String ALL = "/@connections";
  private static final String ANY_CONNECTION = ALL + "/{connectionId}";

  private final String connectionId;

  ConnectionCall(Invocation invocation, String connectionId) {
    super(invocation);
    this.connectionId = connectionId;
  }

  @Override
  public String arn(String account) {
    return arn(account, ANY_CONNECTION);
  }

  @Override
  public List<String> readings() {
    String account = stage().accountId();
    return List.of(arn(account, ALL), arn(account, ALL + "/" + connectionId));
  }

  private String arn(String account, String path) {
    ServedStage stage = stage();
    return SourceArn.ofMethod(
        stage.region(), account, stage.apiId(), stage.stageName(), httpMethod(), path);
  }
}
