package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a managed policy.
 *
 * @param owner an account's number, or {@code aws}
 * @param path with its slashes
 */
record PolicyArn(String text, String owner, String path, String name) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::(aws|\\d{12}):policy(/(?:[!-~]*/)?)([\\w+=,.@-]+)");

  /**
   * @throws ServiceException {@code InvalidInput} if it is none
   */
  static PolicyArn of(String text) {
    Matcher arn = ARN.matcher(text);
    if (!arn.matches()) {
      throw IamErrors.invalidInput("ARN " + text + " is not valid.");
    }
    return new PolicyArn(text, arn.group(1), arn.group(2), arn.group(3));
  }

  /** Whether it is one of AWS's own policies. */
  boolean isOfAws() {
    return owner.equals(AwsPolicies.OWNER);
  }
}
