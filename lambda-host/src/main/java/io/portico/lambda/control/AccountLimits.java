package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;

/**
 * What an account may have in a Region. AWS: source: documented, Lambda quotas and the AWS CLI's
 * example of get-account-settings.
 */
final class AccountLimits {
  static final int CONCURRENT_EXECUTIONS = 1000;

  /** What must be left to functions without a limit. */
  static final int LEAST_UNRESERVED = 100;

  static final long TOTAL_CODE_SIZE = 80_530_636_800L;
  static final int CODE_SIZE_UNZIPPED = 262_144_000;
  static final long CODE_SIZE_ZIPPED = 52_428_800;

  private AccountLimits() {}

  /** How many concurrent executions the functions of an account and Region have reserved. */
  static long reserved(RecordReader records, String scope) {
    long sum = 0;
    for (FunctionRecord function : records.list(LambdaRecords.FUNCTION, scope)) {
      Integer own = function.reservedConcurrency();
      sum += own == null ? 0 : own;
    }
    return sum;
  }
}
