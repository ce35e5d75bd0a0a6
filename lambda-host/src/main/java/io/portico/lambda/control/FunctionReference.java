package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.lambda.snapshot.FunctionId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as a call names it: by its name, a part of its ARN or all of it, with a version or an
 * alias behind it or in a parameter of its own.
 *
 * @param qualifier null where none was given
 */
record FunctionReference(FunctionId id, @Nullable String qualifier) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>[a-z]{2,4}(?:-[a-z]+)+-\\d):)?"
              + "(?:(?<account>\\d{12}):)?(?:function:)?"
              + "(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\\$?[a-zA-Z0-9-_.]+))?");
  private static final int LONGEST_NAME = 64;

  /** The function of a call's {@code FunctionName} and {@code Qualifier}, where it has one. */
  static FunctionReference of(OperationCall call) {
    return of(
        call.input().string("FunctionName"), call.input().stringOrNull("Qualifier"), call.caller());
  }

  /**
   * The same, if it is the caller's own. AWS: another account's can be invoked, and what else of it
   * its policy lets; source: documented, "Granting Lambda function access to other accounts". Here
   * it can be invoked only.
   */
  static FunctionReference own(OperationCall call) {
    return of(call).ownedBy(call);
  }

  /** This, unless it is another account's than the caller's. */
  FunctionReference ownedBy(OperationCall call) {
    String account = call.caller().accountId();
    if (!id.accountId().equals(account)) {
      throw LambdaErrors.notShared(account, call.operation(), arn());
    }
    return this;
  }

  /** The function of a text, whatever member of the input it is. */
  static FunctionReference of(String text, @Nullable String qualifier, Caller caller) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      throw LambdaErrors.invalidParameter("not a function's name: " + text);
    }
    String region = name.group("region");
    // AWS: source: recorded, facts LAM-13.
    if (region != null && !region.equals(caller.region())) {
      throw LambdaErrors.notFound(
          "Functions from '%s' are not reachable in this region ('%s')"
              .formatted(region, caller.region()));
    }
    String derived = name.group("qualifier");
    // AWS: source: recorded, facts LAM-12.
    if (derived != null && qualifier != null && !derived.equals(qualifier)) {
      throw LambdaErrors.invalidParameter(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    if (name.group("name").length() > LONGEST_NAME) {
      // AWS: source: recorded, facts LAM-14.
      throw LambdaErrors.invalidParameter(
          "1 validation error detected: Value '%s' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to %d"
              .formatted(name.group("name"), LONGEST_NAME));
    }
    String account = name.group("account");
    return new FunctionReference(
        new FunctionId(
            account == null ? caller.accountId() : account, caller.region(), name.group("name")),
        derived == null ? qualifier : derived);
  }

  /** The ARN as the call has named the function: with a qualifier or without. */
  String arn() {
    return qualifier == null ? id.arn() : id.arn(qualifier);
  }
}
