package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.json.Json;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The statement that AddPermission makes of its input. AWS: source: recorded, facts LAM-19. */
final class PolicyStatement {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern IDENTITY =
      Pattern.compile("arn:aws[a-zA-Z-]*:(?:iam|sts)::\\d{12}:(?:root|[a-z-]+/.+)");
  private static final Pattern SERVICE =
      Pattern.compile("(?:[a-z0-9-]+\\.)+amazon(?:aws)?\\.com(?:\\.cn)?");

  private PolicyStatement() {}

  /**
   * A statement.
   *
   * @param resource the ARN of what the permission is for
   */
  static ObjectNode of(Input input, String resource) {
    ObjectNode statement =
        Json.object().put("Sid", input.string("StatementId")).put("Effect", "Allow");
    principal(statement, input.string("Principal"));
    statement.put("Action", input.string("Action")).put("Resource", resource);
    ObjectNode conditions = conditions(input);
    if (!conditions.isEmpty()) {
      statement.set("Condition", conditions);
    }
    return statement;
  }

  /** Adds the principal of a call to a statement. */
  static void principal(ObjectNode statement, String principal) {
    if (principal.equals("*")) {
      statement.put("Principal", principal);
    } else if (ACCOUNT.matcher(principal).matches()) {
      // AWS: an account is its root; source: documented, Lambda Developer Guide, "Granting Lambda
      // function access to other accounts".
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
    } else if (IDENTITY.matcher(principal).matches()) {
      statement.putObject("Principal").put("AWS", principal);
    } else if (SERVICE.matcher(principal).matches()) {
      statement.putObject("Principal").put("Service", principal);
    } else {
      // AWS: source: recorded, facts LAM-20.
      throw LambdaErrors.invalidParameter(
          "The provided principal was invalid. Please check the principal and try again.");
    }
  }

  /**
   * AWS: the account comes before the ARN; source: documented, the AWS SDKs' example "To grant
   * Amazon S3 permission to invoke a function". The order of the others is inferred; keys and
   * operators are those that Terraform's provider reads.
   */
  private static ObjectNode conditions(Input input) {
    ObjectNode conditions = Json.object();
    ObjectNode equal = Json.object();
    copy(input, "SourceAccount", equal, "AWS:SourceAccount");
    copy(input, "PrincipalOrgID", equal, "aws:PrincipalOrgID");
    copy(input, "EventSourceToken", equal, "lambda:EventSourceToken");
    copy(input, "FunctionUrlAuthType", equal, "lambda:FunctionUrlAuthType");
    if (!equal.isEmpty()) {
      conditions.set("StringEquals", equal);
    }
    if (input.has("InvokedViaFunctionUrl")) {
      conditions
          .putObject("Bool")
          .put(
              "lambda:InvokedViaFunctionUrl",
              Boolean.toString(input.bool("InvokedViaFunctionUrl")));
    }
    String sourceArn = input.stringOrNull("SourceArn");
    if (sourceArn != null) {
      conditions.putObject("ArnLike").put("AWS:SourceArn", sourceArn);
    }
    return conditions;
  }

  private static void copy(Input input, String member, ObjectNode into, String key) {
    String value = input.stringOrNull(member);
    if (value != null) {
      into.put(key, value);
    }
  }
}
