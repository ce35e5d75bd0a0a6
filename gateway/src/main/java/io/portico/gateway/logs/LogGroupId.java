package io.portico.gateway.logs;

/**
 * Which log group.
 *
 * @param accountId twelve digits
 * @param region such as {@code us-east-1}
 */
public record LogGroupId(String accountId, String region, String name) {

  /** The ARN without {@code :*}. */
  public String arn() {
    return "arn:aws:logs:" + region + ":" + accountId + ":log-group:" + name;
  }

  /** The ARN of a stream of the group. */
  public String arn(String stream) {
    return arn() + ":log-stream:" + stream;
  }

  /** What records of the account and region have as their parent. */
  public String scope() {
    return accountId + "/" + region;
  }
}
