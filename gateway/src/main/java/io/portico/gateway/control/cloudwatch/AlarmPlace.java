package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Caller;

/** Account and region, to which alarms belong. */
record AlarmPlace(String accountId, String region) {
  static AlarmPlace of(Caller caller) {
    return new AlarmPlace(caller.accountId(), caller.region());
  }

  /** By the store's parent of what belongs there. */
  static AlarmPlace ofScope(String scope) {
    int slash = scope.indexOf('/');
    return new AlarmPlace(scope.substring(0, slash), scope.substring(slash + 1));
  }

  String scope() {
    return accountId + "/" + region;
  }

  String arn(String alarm) {
    String partition =
        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return "arn:%s:cloudwatch:%s:%s:alarm:%s".formatted(partition, region, accountId, alarm);
  }
}
