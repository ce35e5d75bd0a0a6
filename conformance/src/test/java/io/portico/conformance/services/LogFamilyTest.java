package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.each;
import static io.portico.conformance.services.Documents.json;
import static io.portico.conformance.services.Documents.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** CloudWatch Logs: groups, their streams and events. */
@Portico
final class LogFamilyTest {

  @EveryClient
  void aGroupIsMadeKeptAndDeleted(AwsClient client) {
    ServiceClient logs = client.of(AwsService.LOGS);
    String name = unique("/families/group");
    Map<String, String> named = Map.of("logGroupName", name);
    String key = "arn:aws:kms:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":key/1";

    logs.call("CreateLogGroup", named);
    AwsFailure again = logs.refused("CreateLogGroup", named);
    JsonNode fresh = described(logs, name);
    logs.call("PutRetentionPolicy", Map.of("logGroupName", name, "retentionInDays", 7));
    logs.call("AssociateKmsKey", Map.of("logGroupName", name, "kmsKeyId", key));
    JsonNode kept = described(logs, name);
    logs.call("DeleteRetentionPolicy", named);
    logs.call("DisassociateKmsKey", named);
    JsonNode forever = described(logs, name);
    logs.call("DeleteLogGroup", named);
    AwsFailure gone = logs.refused("DeleteLogGroup", named);

    assertThat(again.type()).startsWith("ResourceAlreadyExistsException");
    assertThat(again.text()).isEqualTo("The specified log group already exists");
    assertThat(fresh.path("arn").asString())
        .isEqualTo(
            "arn:aws:logs:%s:%s:log-group:%s:*".formatted(Endpoint.REGION, Endpoint.ACCOUNT, name));
    assertThat(fresh.has("retentionInDays")).isFalse();
    assertThat(kept.path("retentionInDays").asInt()).isEqualTo(7);
    assertThat(kept.path("kmsKeyId").asString()).isEqualTo(key);
    assertThat(forever).isEqualTo(fresh);
    assertThat(gone.text()).isEqualTo("The specified log group does not exist.");
  }

  @EveryClient
  void aProtectedGroupStays(AwsClient client) {
    ServiceClient logs = client.of(AwsService.LOGS);
    String name = unique("/families/protected");
    Map<String, String> named = Map.of("logGroupName", name);
    logs.call("CreateLogGroup", named);

    protect(logs, name, true);
    AwsFailure refused = logs.refused("DeleteLogGroup", named);
    protect(logs, name, false);
    logs.call("DeleteLogGroup", named);

    assertThat(refused.type()).isIn("ValidationException", "InvalidParameterException");
    assertThat(groups(logs, name)).isEmpty();
  }

  @EveryClient
  void aGroupHasTagsByItsArnAndByItsName(AwsClient client) {
    ServiceClient logs = client.of(AwsService.LOGS);
    String name = unique("/families/tagged");
    logs.call("CreateLogGroup", Map.of("logGroupName", name, "tags", Map.of("team", "blue")));
    String arn = described(logs, name).get("logGroupArn").asString();

    logs.call("TagResource", Map.of("resourceArn", arn, "tags", Map.of("cost", "low")));
    logs.call("UntagResource", Map.of("resourceArn", arn, "tagKeys", List.of("team")));
    JsonNode byArn = logs.call("ListTagsForResource", Map.of("resourceArn", arn)).get("tags");
    logs.call("TagLogGroup", Map.of("logGroupName", name, "tags", Map.of("x", "y")));
    logs.call("UntagLogGroup", Map.of("logGroupName", name, "tags", List.of("cost")));
    JsonNode byName = logs.call("ListTagsLogGroup", Map.of("logGroupName", name)).get("tags");

    assertThat(byArn).isEqualTo(json("{\"cost\": \"low\"}"));
    assertThat(byName).isEqualTo(json("{\"x\": \"y\"}"));
  }

  @EveryClient
  void eventsAreWrittenReadAndFiltered(AwsClient client) {
    ServiceClient logs = client.of(AwsService.LOGS);
    String name = unique("/families/events");
    Map<String, String> stream = Map.of("logGroupName", name, "logStreamName", "one");
    long now = System.currentTimeMillis();
    logs.call("CreateLogGroup", Map.of("logGroupName", name));
    logs.call("CreateLogStream", stream);

    logs.call(
        "PutLogEvents",
        Map.of(
            "logGroupName",
            name,
            "logStreamName",
            "one",
            "logEvents",
            List.of(
                Map.of("timestamp", now, "message", "ERROR first"),
                Map.of("timestamp", now + 1, "message", "second"))));
    JsonNode read = logs.call("GetLogEvents", stream).get("events");
    JsonNode found =
        logs.call("FilterLogEvents", Map.of("logGroupName", name, "filterPattern", "ERROR"))
            .get("events");
    JsonNode streams =
        logs.call("DescribeLogStreams", Map.of("logGroupName", name)).get("logStreams");
    logs.call("DeleteLogStream", stream);
    JsonNode none =
        logs.call("DescribeLogStreams", Map.of("logGroupName", name)).path("logStreams");

    assertThat(each(read, "message")).containsExactly("ERROR first", "second");
    assertThat(read.at("/0/timestamp").asLong()).isEqualTo(now);
    assertThat(each(found, "message")).containsExactly("ERROR first");
    assertThat(each(streams, "logStreamName")).containsExactly("one");
    assertThat(streams.at("/0/lastEventTimestamp").asLong()).isEqualTo(now + 1);
    assertThat(none).isEmpty();
  }

  /** Tools ask for these of every group. */
  @EveryClient
  void aGroupHandsNothingOn(AwsClient client) {
    ServiceClient logs = client.of(AwsService.LOGS);
    String name = unique("/families/quiet");
    logs.call("CreateLogGroup", Map.of("logGroupName", name));

    JsonNode metrics = logs.call("DescribeMetricFilters", Map.of("logGroupName", name));
    JsonNode subscriptions = logs.call("DescribeSubscriptionFilters", Map.of("logGroupName", name));

    assertThat(metrics.path("metricFilters")).isEmpty();
    assertThat(subscriptions.path("subscriptionFilters")).isEmpty();
  }

  private static void protect(ServiceClient logs, String name, boolean enabled) {
    logs.call(
        "PutLogGroupDeletionProtection",
        Map.of("logGroupIdentifier", name, "deletionProtectionEnabled", enabled));
  }

  private static JsonNode groups(ServiceClient logs, String name) {
    return logs.call("DescribeLogGroups", Map.of("logGroupNamePrefix", name)).path("logGroups");
  }

  private static JsonNode described(ServiceClient logs, String name) {
    JsonNode groups = groups(logs, name);
    assertThat(each(groups, "logGroupName")).containsExactly(name);
    return groups.get(0);
  }
}
