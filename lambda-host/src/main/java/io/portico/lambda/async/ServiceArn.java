package io.portico.lambda.async;

import io.portico.lambda.snapshot.FunctionId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a destination, taken apart.
 *
 * @param service as in endpoints: {@code sqs}, {@code sns}, {@code events}, {@code s3}, {@code
 *     lambda}
 * @param resource what stands behind the account
 */
record ServiceArn(
    String arn,
    String partition,
    String service,
    String region,
    String accountId,
    String resource) {
  private static final int PARTS = 6;

  /**
   * @throws IOException if it is no ARN: a dead-letter queue's is not looked at before
   */
  static ServiceArn of(String arn) throws IOException {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS || !parts[0].equals("arn") || parts[PARTS - 1].isEmpty()) {
      throw new IOException(arn + " is not an ARN");
    }
    return new ServiceArn(arn, parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  /** The function that it names, or null where it is another thing's. */
  @Nullable FunctionId function() {
    String[] parts = resource.split(":", 3);
    return service.equals("lambda") && parts.length >= 2 && parts[0].equals("function")
        ? new FunctionId(accountId, region, parts[1])
        : null;
  }

  /** The version or alias of the function that it names, or null for none. */
  @Nullable String qualifier() {
    String[] parts = resource.split(":", 3);
    return parts.length < 3 ? null : parts[2];
  }
}
