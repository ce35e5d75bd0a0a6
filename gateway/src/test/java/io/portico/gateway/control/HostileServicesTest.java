package io.portico.gateway.control;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.acm.AcmEnvironment;
import io.portico.gateway.control.acm.AcmOperations;
import io.portico.gateway.control.acm.LocalAuthority;
import io.portico.gateway.control.iam.IamEnvironment;
import io.portico.gateway.control.iam.IamOperations;
import io.portico.gateway.control.iam.IamPlane;
import io.portico.gateway.control.iam.KeyIds;
import io.portico.gateway.control.logs.LogsEnvironment;
import io.portico.gateway.control.logs.LogsOperations;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Faults;
import io.portico.gateway.control.protocol.HostileWalk;
import io.portico.gateway.control.protocol.WireAnswer;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.control.sts.StsEnvironment;
import io.portico.gateway.control.sts.StsOperations;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.Records;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every hostile value in every member of every operation that is built beside API Gateway's: each
 * is answered or refused in the form of its protocol, and a refusal changes nothing.
 */
final class HostileServicesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** A key takes its time. */
  private static final Set<String> SLOW = Set.of("RequestCertificate", "CreateAccessKey");

  private final TestStore store = new TestStore();
  private final Records records = new Records(store);
  private final Faults faults = new Faults();

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
                entry("Description", "d")));
    for (String operation :
        List.of(
            "CreateUser",
            "CreateRole",
            "CreatePolicy",
            "CreateInstanceProfile",
            "PutRolePolicy",
            "PutUserPolicy",
            "AttachRolePolicy")) {
      assertThat(iam.begin(operation)).contains("RequestId");
    }
    walk(iam);
  }

  @Test
  void sts() throws IOException {
    walk(
        new ServedApi(
            AwsApi.STS,
            StsOperations.of(new StsEnvironment(records, new ServiceSessions(records), CLOCK)),
            store,
            Map.of(
                "RoleArn", "arn:aws:iam::" + ServedApi.ACCOUNT + ":role/a",
                "RoleSessionName", "session",
                "AccessKeyId", "AKIAIOSFODNN7EXAMPLE")));
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
              Map.of(
                  "logGroupName", "g",
                  "logStreamName", "s",
                  "filterPattern", "ERROR",
                  "retentionInDays.integer", "7",
                  "resourceArn", "arn:aws:logs:us-east-1:" + ServedApi.ACCOUNT + ":log-group:g",
                  "CreateLogGroup.logGroupName", "new",
                  "CreateLogStream.logStreamName", "new"));
      assertThat(api.begin("CreateLogGroup")).isEmpty();
      assertThat(api.begin("CreateLogStream")).isEmpty();
      walk(api);
    }
  }

  private void walk(ServedApi api) throws IOException {
    HostileWalk walk =
        new HostileWalk(
            api.model, SLOW, (what, operation, request) -> call(api, what, operation, request));
    for (String operation : api.operationNames()) {
      walk.walk(operation, api.honest(operation));
    }
    faults.assertNone();
  }

  private void call(ServedApi api, String what, String operation, HttpRequest request)
      throws IOException {
    WireAnswer answer = api.answer(request);
    String fault = answer.fault(api.model);
    if (fault != null) {
      faults.add(what, fault);
    } else if (api.isChanged() && (answer.refused() || isReading(operation))) {
      faults.add(what, "something has changed");
    }
    api.restore();
  }

  private static boolean isReading(String operation) {
    return (operation.startsWith("Get") && !operation.equals("GetSessionToken"))
        || operation.startsWith("List")
        || operation.startsWith("Describe");
  }
}
