package io.portico.gateway.control.rules;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.AccountRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** The role by which API Gateway writes an account's logs: {@code cloudwatchRoleArn}. */
public final class LoggingRole {
  /** The name of the one record that an account has in a region. */
  public static final String ACCOUNT = "account";

  private LoggingRole() {}

  /** Whether a level is one at which execution logs are written. */
  public static boolean isNeededFor(@Nullable String loggingLevel) {
    return loggingLevel != null && !loggingLevel.equals("OFF");
  }

  /**
   * The account's settings must name a role before a stage may have execution logs.
   *
   * @param scope account and region
   * @throws ServiceException if they do not
   */
  // AWS: source: reported by users, of REST APIs https://github.com/zappa/Zappa/issues/793, of
  // WebSocket APIs https://github.com/anomalyco/ion/issues/373. Of access logs it asks the same;
  // here they need no role.
  public static void require(RecordReader records, String scope) {
    AccountRecord account = records.find(RecordTypes.ACCOUNT, scope, ACCOUNT).orElse(null);
    if (account == null || account.cloudwatchRoleArn() == null) {
      throw ServiceException.badRequest(
          "CloudWatch Logs role ARN must be set in account settings to enable logging");
    }
  }
}
