package io.portico.gateway.control;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.acm.AcmEnvironment;
import io.portico.gateway.control.acm.AcmOperations;
import io.portico.gateway.control.acm.LocalAuthority;
import io.portico.gateway.control.cloudwatch.AlarmWatch;
import io.portico.gateway.control.cloudwatch.CloudWatchEnvironment;
import io.portico.gateway.control.cloudwatch.CloudWatchOperations;
import io.portico.gateway.control.iam.IamEnvironment;
import io.portico.gateway.control.iam.IamOperations;
import io.portico.gateway.control.iam.IamPlane;
import io.portico.gateway.control.iam.KeyIds;
import io.portico.gateway.control.logs.LogsEnvironment;
import io.portico.gateway.control.logs.LogsOperations;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.control.sts.StsEnvironment;
import io.portico.gateway.control.sts.StsOperations;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.logs.StreamSummary;
import io.portico.gateway.metrics.MetricFolder;
import io.portico.gateway.metrics.MetricLimits;
import io.portico.gateway.metrics.MetricStore;
import io.portico.gateway.store.Records;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every hostile value in every member of every operation that is built beside API Gateway's: each
 * is answered or refused in the form of its protocol, and a refusal changes nothing.
 */
final class HostileServicesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final LogGroupId GROUP = new LogGroupId(ServedApi.ACCOUNT, "us-east-1", "g");

  /** A key takes its time. */
  private static final Set<String> SLOW = Set.of("RequestCertificate", "CreateAccessKey");

  /** What an honest call cannot do here, and why. */
  private static final Map<String, String> NEVER_CARRIED_OUT =
      Map.of(
          "GetLoginProfile", "users have no passwords",
          "DeleteLoginProfile", "users have no passwords");

  /** Calls of CloudWatch. */
  private static final String HONEST =
      """
      {
        "PutMetricData": {"Namespace": "n", "MetricData": [
          {"MetricName": "m", "Dimensions": [{"Name": "a", "Value": "1"}], "Timestamp": 1767322000,
           "Values": [1, 2], "Counts": [1, 2], "Unit": "Count", "StorageResolution": 60},
          {"MetricName": "m", "StatisticValues":
           {"SampleCount": 2, "Sum": 3, "Minimum": 1, "Maximum": 2}},
          {"MetricName": "m", "Value": 1}]},
        "ListMetrics": {"Namespace": "n", "MetricName": "m", "RecentlyActive": "PT3H",
          "Dimensions": [{"Name": "a", "Value": "1"}]},
        "GetMetricStatistics": {"Namespace": "n", "MetricName": "m", "StartTime": 1767322000,
          "EndTime": 1767323000, "Period": 60, "Statistics": ["Sum", "Average"], "Unit": "Count",
          "Dimensions": [{"Name": "a", "Value": "1"}]},
        "GetMetricData": {"StartTime": 1767322000, "EndTime": 1767323000, "MaxDatapoints": 100,
          "ScanBy": "TimestampAscending", "LabelOptions": {"Timezone": "+0100"},
          "MetricDataQueries": [
            {"Id": "m1", "Label": "l", "ReturnData": true, "MetricStat": {"Period": 60,
             "Stat": "p90", "Unit": "Count", "Metric": {"Namespace": "n", "MetricName": "m",
             "Dimensions": [{"Name": "a", "Value": "1"}]}}},
            {"Id": "e1", "Expression": "FILL(m1, 0) * 2", "Period": 60}]},
        "PutMetricAlarm": {"AlarmName": "a", "AlarmDescription": "d", "ActionsEnabled": true,
          "OKActions": ["arn:aws:sns:us-east-1:000000000000:t"], "MetricName": "m",
          "Namespace": "n", "Statistic": "Sum", "Dimensions": [{"Name": "a", "Value": "1"}],
          "Period": 60, "Unit": "Count", "EvaluationPeriods": 3, "DatapointsToAlarm": 2,
          "Threshold": 1.5, "ComparisonOperator": "GreaterThanThreshold",
          "TreatMissingData": "ignore", "EvaluateLowSampleCountPercentile": "evaluate",
          "Tags": [{"Key": "k", "Value": "v"}]},
        "DescribeAlarms": {"AlarmNamePrefix": "a", "AlarmTypes": ["MetricAlarm"],
          "StateValue": "OK", "ActionPrefix": "arn", "MaxRecords": 10},
        "DescribeAlarmsForMetric": {"Namespace": "n", "MetricName": "m", "Statistic": "Sum",
          "Dimensions": [{"Name": "a", "Value": "1"}], "Period": 60, "Unit": "Count"},
        "DescribeAlarmHistory": {"AlarmName": "a", "HistoryItemType": "StateUpdate",
          "StartDate": 1767322000, "EndDate": 1767323000, "MaxRecords": 10,
          "ScanBy": "TimestampAscending"},
        "DeleteAlarms": {"AlarmNames": ["a"]},
        "EnableAlarmActions": {"AlarmNames": ["a"]},
        "DisableAlarmActions": {"AlarmNames": ["a"]},
        "SetAlarmState": {"AlarmName": "a", "StateValue": "ALARM", "StateReason": "r",
          "StateReasonData": "{}"},
        "TagResource": {"ResourceARN": "arn:aws:cloudwatch:us-east-1:ACCOUNT:alarm:a",
          "Tags": [{"Key": "k", "Value": "v"}]},
        "UntagResource": {"ResourceARN": "arn:aws:cloudwatch:us-east-1:ACCOUNT:alarm:a",
          "TagKeys": ["k"]},
        "ListTagsForResource": {"ResourceARN": "arn:aws:cloudwatch:us-east-1:ACCOUNT:alarm:a"}
      }
      """;

  private final TestStore store = new TestStore();
  private final Records records = new Records(store);

  @Test
  void iam() throws IOException {
    ServedApi iam =
        new ServedApi(
            AwsApi.IAM,
            IamOperations.of(new IamEnvironment(records, CLOCK, new KeyIds(records))),
            store,
            Map.ofEntries(
                entry("RoleName", "a"),
                entry("UserName", "a"),
                entry("PolicyName", "a"),
                entry("InstanceProfileName", "a"),
                entry("CreateRole.RoleName", "b"),
                entry("CreateUser.UserName", "b"),
                entry("CreatePolicy.PolicyName", "b"),
                entry("CreateInstanceProfile.InstanceProfileName", "b"),
                entry("Path", "/"),
                entry("PathPrefix", "/"),
                entry("AssumeRolePolicyDocument", IamPlane.TRUST),
                entry("PolicyDocument", IamPlane.PERMISSIONS),
                entry("PolicyArn", "arn:aws:iam::" + ServedApi.ACCOUNT + ":policy/a"),
                entry("PermissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
                entry("AWSServiceName", "ecs.amazonaws.com"),
                entry("VersionId", "v1"),
                entry("NewPath", "/b/"),
                entry("NewUserName", "b"),
                entry("Status", "Active"),
                entry("Key", "k"),
                entry("Value", "v"),
                entry("TagKeys", "k"),
                entry("Description", "d"),
                entry("UpdateAssumeRolePolicy.PolicyDocument", IamPlane.TRUST)));
    for (String operation :
        List.of(
            "CreateUser",
            "CreateRole",
            "CreatePolicy",
            "CreateInstanceProfile",
            "PutRolePolicy",
            "PutUserPolicy",
            "AttachRolePolicy",
            "AttachUserPolicy")) {
      assertThat(iam.begin(operation)).contains("RequestId");
    }
    beginWhatIsTakenAway(iam);
    walk(iam);
  }

  /** What nothing else holds on to, so that it can be deleted. */
  private static void beginWhatIsTakenAway(ServedApi iam) throws IOException {
    iam.hint("AccessKeyId", element("AccessKeyId", iam.begin("CreateAccessKey")));
    String _ = iam.begin("CreateUser", Map.of("UserName", "free"));
    iam.hint("DeleteUser.UserName", "free");
    String _ = iam.begin("CreateRole", Map.of("RoleName", "free"));
    iam.hint("DeleteRole.RoleName", "free");
    String policy = iam.begin("CreatePolicy", Map.of("PolicyName", "free"));
    iam.hint("DeletePolicy.PolicyArn", element("Arn", policy));
    String version = iam.begin("CreatePolicyVersion");
    boolean isDefault = Boolean.parseBoolean(element("IsDefaultVersion", version));
    iam.hint("DeletePolicyVersion.VersionId", isDefault ? "v1" : element("VersionId", version));
    Map<String, String> full = Map.of("InstanceProfileName", "full");
    String _ = iam.begin("CreateInstanceProfile", full);
    String _ = iam.begin("AddRoleToInstanceProfile", full);
    iam.hint("RemoveRoleFromInstanceProfile.InstanceProfileName", "full");
    iam.hint("DeleteServiceLinkedRole.RoleName", linkedRole(iam, "autoscaling.amazonaws.com"));
    Map<String, String> deleted = Map.of("RoleName", linkedRole(iam, "spot.amazonaws.com"));
    iam.hint(
        "DeletionTaskId", element("DeletionTaskId", iam.begin("DeleteServiceLinkedRole", deleted)));
  }

  private static String linkedRole(ServedApi iam, String service) throws IOException {
    return element(
        "RoleName", iam.begin("CreateServiceLinkedRole", Map.of("AWSServiceName", service)));
  }

  /** The text of an element of an answer in XML. */
  private static String element(String name, String answer) {
    Matcher element = Pattern.compile("<%s>([^<]+)</%1$s>".formatted(name)).matcher(answer);
    assertThat(element.find()).as(answer).isTrue();
    return element.group(1);
  }

  @Test
  void sts() throws IOException {
    walk(
        new ServedApi(
            AwsApi.STS,
            StsOperations.of(new StsEnvironment(records, new ServiceSessions(records), CLOCK)),
            store,
            Map.ofEntries(
                entry("RoleArn", "arn:aws:iam::" + ServedApi.ACCOUNT + ":role/a"),
                entry("RoleSessionName", "session"),
                entry("AccessKeyId", "AKIAIOSFODNN7EXAMPLE"),
                entry("DurationSeconds.integer", "900"),
                entry("arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
                entry("Policy", IamPlane.PERMISSIONS),
                entry("Key", "k"),
                entry("Value", "v"),
                entry("TransitiveTagKeys", "k"),
                entry("ExternalId", "external"),
                entry("SerialNumber", "arn:aws:iam::" + ServedApi.ACCOUNT + ":mfa/a"),
                entry("TokenCode", "123456"),
                entry("SourceIdentity", "ada"),
                entry("ProviderArn", "arn:aws:iam::aws:contextProvider/IdentityCenter"),
                entry("ContextAssertion", "assertion"))));
  }

  @Test
  void acm() throws IOException {
    ServedApi acm =
        new ServedApi(
            AwsApi.ACM,
            AcmOperations.of(
                new AcmEnvironment(
                    records, new LocalAuthority(records, CLOCK), CLOCK, (writer, host) -> {})),
            store,
            Map.of(
                "DomainName", "example.com",
                "SubjectAlternativeNames", "www.example.com",
                "ValidationDomain", "example.com",
                "ValidationMethod", "DNS",
                "KeyAlgorithm", "EC_prime256v1",
                "Key", "k",
                "Value", "v"));
    CertifiedKey imported =
        CertificateAuthority.selfSigned(
            new CertificateContent(
                "CN=imported.example.com",
                List.of("imported.example.com"),
                CertificateContent.Purpose.SERVER,
                NOW.minusSeconds(60),
                NOW.plusSeconds(60)),
            KeyKind.EC_P256);
    acm.hint("Certificate", Pem.of(imported.certificate()));
    acm.hint("PrivateKey", Pem.of(imported.privateKey()));
    acm.hint(
        "CertificateArn",
        Json.parse(acm.begin("RequestCertificate")).get("CertificateArn").asString());
    walk(acm);
  }

  @Test
  void logs() throws IOException {
    try (LogStore logs = new LogStore(LogFolder.temporary(), records, CLOCK)) {
      ServedApi api =
          new ServedApi(
              AwsApi.LOGS,
              LogsOperations.of(new LogsEnvironment(records, logs, CLOCK)),
              store,
              Map.ofEntries(
                  entry("logGroupName", "g"),
                  entry("logGroupIdentifier", "g"),
                  entry("logStreamName", "s"),
                  entry("logStreamNames", "s"),
                  entry("filterPattern", "ERROR"),
                  entry("limit.integer", "10"),
                  entry("startTime.integer", "0"),
                  entry("endTime.integer", String.valueOf(NOW.toEpochMilli())),
                  entry("timestamp.integer", String.valueOf(NOW.toEpochMilli())),
                  entry("message", "m"),
                  entry("tags.key", "k"),
                  entry("tags", "v"),
                  entry("retentionInDays.integer", "7"),
                  entry("resourceArn", GROUP.arn()),
                  entry("CreateLogGroup.logGroupName", "new"),
                  entry("CreateLogStream.logStreamName", "new")),
              () -> restoreStreams(logs));
      assertThat(api.begin("CreateLogGroup")).isEmpty();
      assertThat(api.begin("CreateLogStream")).isEmpty();
      walk(api);
    }
  }

  @Test
  void cloudWatch() throws IOException {
    try (MetricStore metrics =
        new MetricStore(MetricFolder.temporary(), new MetricLimits(100_000, 1L << 30), CLOCK)) {
      AlarmWatch alarms = new AlarmWatch(records, metrics, CLOCK, notice -> {});
      ServedApi api =
          new ServedApi(
              AwsApi.CLOUDWATCH,
              CloudWatchOperations.of(new CloudWatchEnvironment(records, metrics, alarms, CLOCK)),
              store,
              Map.of("NextToken", ""));
      Json.parse(HONEST.replace("ACCOUNT", ServedApi.ACCOUNT))
          .properties()
          .forEach(each -> api.honest(each.getKey(), (ObjectNode) each.getValue()));
      api.beginHonest("PutMetricAlarm");
      walk(api);
      alarms.close();
    }
  }

  /** Streams are not in the store: the one that calls name is there again, no other is. */
  private static void restoreStreams(LogStore logs) {
    for (StreamSummary stream : logs.streams(GROUP, name -> !name.equals("s"))) {
      logs.deleteStream(GROUP, stream.name());
    }
    boolean _ = logs.createStream(GROUP, "s");
  }

  private static void walk(ServedApi api) throws IOException {
    WalkedApi.walk(api, api.operationNames(), SLOW, NEVER_CARRIED_OUT);
  }
}
