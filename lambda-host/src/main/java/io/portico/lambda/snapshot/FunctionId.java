package io.portico.lambda.snapshot;

/**
 * Which function.
 *
 * @param accountId twelve digits
 * @param region such as {@code us-east-1}
 */
public record FunctionId(String accountId, String region, String name) {

  /** The ARN without a qualifier. */
  public String arn() {
    return "arn:aws:lambda:" + region + ":" + accountId + ":function:" + name;
  }

  /** The ARN with a version or an alias. */
  public String arn(String qualifier) {
    return arn() + ":" + qualifier;
  }

  /** What records of the account and region have as their parent. */
  public String scope() {
    return accountId + "/" + region;
  }
}
