package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.lambda.model.LambdaRecords;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which layer.
 *
 * @param accountId twelve digits
 */
record LayerId(String accountId, String region, String name) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-zA-Z-]*:lambda:([a-z0-9-]+):(\\d{12}):layer:([a-zA-Z0-9-_]+)(?::(\\d+))?");

  /** More digits than a layer ever has versions. */
  private static final int LONGEST_NUMBER = 9;

  /**
   * One of its versions.
   *
   * @param number 0 for one that there cannot be
   */
  record Version(LayerId layer, int number) {
    String arn() {
      return layer.arn(number);
    }
  }

  /** The layer of a call's {@code LayerName}: a name, or an ARN. */
  static LayerId of(OperationCall call) {
    String text = call.input().string("LayerName");
    Caller caller = call.caller();
    Matcher arn = ARN.matcher(text);
    if (!arn.matches()) {
      return new LayerId(caller.accountId(), caller.region(), text);
    }
    if (!arn.group(1).equals(caller.region())) {
      // AWS: a Region knows its own layers; how it says so is inferred.
      throw LambdaErrors.noSuchResource();
    }
    return new LayerId(arn.group(2), arn.group(1), arn.group(3));
  }

  /**
   * The same, if it is the caller's own. AWS: nobody else's can be changed or listed; source:
   * documented, AddLayerVersionPermission, whose only action is {@code lambda:GetLayerVersion}.
   */
  static LayerId own(OperationCall call) {
    LayerId layer = of(call);
    if (!layer.accountId.equals(call.caller().accountId())) {
      throw LambdaErrors.notShared(call.caller().accountId(), call.operation(), layer.arn());
    }
    return layer;
  }

  /** The version of a call's {@code VersionNumber}. */
  Version version(OperationCall call) {
    return new Version(this, number(call.input().json().path("VersionNumber").asString("")));
  }

  /** The layer version of an ARN, or null where it is none. */
  static @Nullable Version ofArn(String text) {
    Matcher arn = ARN.matcher(text);
    return arn.matches() && arn.group(4) != null
        ? new Version(new LayerId(arn.group(2), arn.group(1), arn.group(3)), number(arn.group(4)))
        : null;
  }

  private static int number(String digits) {
    boolean possible = !digits.startsWith("-") && digits.length() <= LONGEST_NUMBER;
    return possible ? Integer.parseInt(digits) : 0;
  }

  /** The ARN of the layer. */
  String arn() {
    return "arn:aws:lambda:" + region + ":" + accountId + ":layer:" + name;
  }

  /** The ARN of a version. */
  String arn(int number) {
    return arn() + ":" + number;
  }

  /** What records of the account and region have as their parent. */
  String scope() {
    return accountId + "/" + region;
  }

  /** What records of the layer have as their parent. */
  String parent() {
    return LambdaRecords.parent(scope(), name);
  }
}
