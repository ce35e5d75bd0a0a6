package io.portico.gateway.control.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.control.iam.IamPlane;
import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SessionIdentitiesTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/worker";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:f";

  private final IamPlane plane = new IamPlane();

  private static String policy(String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\","
            .formatted(action)
        + "\"Resource\":\"*\"}}";
  }

  private Reply assume(String others) {
    return plane.sts(
        "test", "AssumeRole", "{'RoleArn': '" + ROLE + "', 'RoleSessionName': 'me'" + others + "}");
  }

  private void allow(String action) {
    plane.iam(
        "PutRolePolicy",
        Json.object()
            .put("RoleName", "worker")
            .put("PolicyName", "own")
            .put("PolicyDocument", policy(action)));
  }

  private void attach(String arn) {
    plane.iam("AttachRolePolicy", "{'RoleName': 'worker', 'PolicyArn': '" + arn + "'}");
  }

  private AccessKey key(Reply assumed) {
    return Objects.requireNonNull(plane.identities.find(assumed.text("AccessKeyId")));
  }

  private boolean mayInvoke(AccessKey key) {
    return plane
        .identities
        .identify(key)
        .may(
            "lambda:InvokeFunction",
            FUNCTION,
            RequestContext.of(Map.of()),
            Policy.NONE,
            IamPlane.ACCOUNT);
  }

  @Test
  void credentialsThatWereGivenOutAreKept() {
    Reply assumed = assume("");

    AccessKey key = key(assumed);

    assertThat(key.credentials())
        .isEqualTo(
            new Credentials(
                assumed.text("AccessKeyId"),
                assumed.text("SecretAccessKey"),
                assumed.text("SessionToken")));
    assertThat(key.principal().arn()).isEqualTo(assumed.text("Arn"));
    assertThat(key.principal().userId()).isEqualTo(assumed.text("AssumedRoleId"));
    assertThat(key.expiration()).isEqualTo(Instant.parse(assumed.text("Expiration")));
    assertThat(plane.identities.find("ASIANOBODY")).isNull();
    assertThat(plane.identities.find("test")).isNull();
  }

  @Test
  void aSessionMayWhatItsRoleMay() {
    plane.role("worker");
    AccessKey key = key(assume(""));
    assertThat(mayInvoke(key)).isFalse();

    allow("lambda:InvokeFunction");
    assertThat(mayInvoke(key)).isTrue();
    plane.iam("DeleteRolePolicy", "{'RoleName': 'worker', 'PolicyName': 'own'}");
    assertThat(mayInvoke(key)).isFalse();
  }

  @Test
  void attachedPoliciesCountInTheirDefaultVersion() {
    plane.role("worker");
    String arn =
        plane
            .iam(
                "CreatePolicy",
                Json.object().put("PolicyName", "shared").put("PolicyDocument", policy("s3:*")))
            .text("Arn");
    attach(arn);
    AccessKey key = key(assume(""));
    assertThat(mayInvoke(key)).isFalse();

    plane.iam(
        "CreatePolicyVersion",
        Json.object()
            .put("PolicyArn", arn)
            .put("PolicyDocument", policy("lambda:*"))
            .put("SetAsDefault", true));

    assertThat(mayInvoke(key)).isTrue();
  }

  @Test
  void ofAwsOwnPoliciesAFewAllow() {
    plane.role("worker");
    AccessKey key = key(assume(""));

    attach("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
    assertThat(mayInvoke(key)).isFalse();
    attach("arn:aws:iam::aws:policy/AdministratorAccess");
    assertThat(mayInvoke(key)).isTrue();
    attach("arn:aws:iam::aws:policy/AWSDenyAll");
    assertThat(mayInvoke(key)).isFalse();
  }

  @Test
  void aSessionsOwnPoliciesAreItsLimit() {
    plane.role("worker");
    allow("lambda:*");

    assertThat(mayInvoke(key(assume(", 'Policy': '" + quoted(policy("lambda:*")) + "'")))).isTrue();
    assertThat(mayInvoke(key(assume(", 'Policy': '" + quoted(policy("s3:*")) + "'")))).isFalse();
    assertThat(
            mayInvoke(
                key(
                    assume(
                        ", 'PolicyArns': [{'arn':"
                            + " 'arn:aws:iam::aws:policy/AWSLambda_FullAccess'}]"))))
        .isTrue();
    assertThat(
            mayInvoke(
                key(assume(", 'PolicyArns': [{'arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}]"))))
        .isFalse();
  }

  private static String quoted(String json) {
    return json.replace("\"", "\\u0022");
  }

  @Test
  void aBoundaryIsALimitToo() {
    plane.role("worker");
    allow("lambda:*");
    AccessKey key = key(assume(""));

    plane.iam(
        "PutRolePermissionsBoundary",
        "{'RoleName': 'worker', 'PermissionsBoundary': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}");
    assertThat(mayInvoke(key)).isFalse();
    plane.iam(
        "PutRolePermissionsBoundary",
        "{'RoleName': 'worker', 'PermissionsBoundary':"
            + " 'arn:aws:iam::aws:policy/AdministratorAccess'}");
    assertThat(mayInvoke(key)).isTrue();
  }

  /** AWS: another role with the same name is another one. */
  @Test
  void aSessionOfADeletedRoleMayNothing() {
    plane.role("worker");
    AccessKey key = key(assume(""));
    plane.iam("DeleteRole", "{'RoleName': 'worker'}");
    plane.role("worker");
    allow("*");

    assertThat(mayInvoke(key)).isFalse();
    assertThat(plane.identities.identify(key).requester().arns()).isEmpty();
    assertThat(mayInvoke(key(assume("")))).isTrue();
  }

  @Test
  void aSessionOfTheAccountMayEverythingInIt() {
    AccessKey key = key(plane.sts("test", "GetSessionToken", "{}"));

    assertThat(plane.identities.identify(key)).isEqualTo(IamIdentity.root(IamPlane.ACCOUNT));
    assertThat(mayInvoke(key)).isTrue();
  }

  @Test
  void aUserMayWhatHisPoliciesAllowWithinHisBoundary() {
    plane.iam("CreateUser", "{'UserName': 'ann'}");
    Reply made = plane.iam("CreateAccessKey", "{'UserName': 'ann'}");
    AccessKey key = key(made);
    AccessKey session = key(plane.sts(made.text("AccessKeyId"), "GetSessionToken", "{}"));

    assertThat(key.credentials())
        .isEqualTo(new Credentials(made.text("AccessKeyId"), made.text("SecretAccessKey"), null));
    assertThat(key.principal().arn()).isEqualTo("arn:aws:iam::111122223333:user/ann");
    assertThat(session.principal().arn()).isEqualTo("arn:aws:iam::111122223333:user/ann");
    assertThat(mayInvoke(key)).isFalse();
    assertThat(mayInvoke(session)).isFalse();
    plane.iam(
        "PutUserPolicy",
        Json.object()
            .put("UserName", "ann")
            .put("PolicyName", "own")
            .put("PolicyDocument", policy("lambda:*")));
    assertThat(mayInvoke(key)).isTrue();
    assertThat(mayInvoke(session)).isTrue();
    plane.iam(
        "PutUserPermissionsBoundary",
        "{'UserName': 'ann', 'PermissionsBoundary': 'arn:aws:iam::aws:policy/ReadOnlyAccess'}");
    assertThat(mayInvoke(key)).isFalse();
    plane.iam("DeleteUserPermissionsBoundary", "{'UserName': 'ann'}");
    plane.iam(
        "UpdateAccessKey",
        "{'UserName': 'ann', 'Status': 'Inactive', 'AccessKeyId': '"
            + made.text("AccessKeyId")
            + "'}");
    assertThat(mayInvoke(key)).isFalse();
  }

  @Test
  void aRootsKeyIsTheAccounts() {
    AccessKey key = key(plane.iam("CreateAccessKey", "{}"));

    assertThat(plane.identities.identify(key)).isEqualTo(IamIdentity.root(IamPlane.ACCOUNT));
  }

  @Test
  void aServicesSessionLastsUntilItIsClosed() {
    plane.role("worker");
    allow("lambda:*");

    Credentials credentials = plane.services.open(IamPlane.ACCOUNT, ROLE, "f");
    Reply identity = plane.sts(credentials.accessKeyId(), "GetCallerIdentity", "{}");
    AccessKey key = Objects.requireNonNull(plane.identities.find(credentials.accessKeyId()));

    assertThat(credentials.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
    assertThat(identity.text("Arn")).isEqualTo("arn:aws:sts::111122223333:assumed-role/worker/f");
    assertThat(identity.text("UserId")).matches("AROA[A-Z2-7]{17}:f");
    assertThat(key.credentials()).isEqualTo(credentials);
    assertThat(mayInvoke(key)).isTrue();
    plane.services.close(credentials);
    assertThat(plane.identities.find(credentials.accessKeyId())).isNull();
    assertThat(mayInvoke(key)).isFalse();
    assertThat(plane.sts(credentials.accessKeyId(), "GetCallerIdentity", "{}").text("Arn"))
        .endsWith(":root");
  }

  @Test
  void aRoleOfAnotherAccountGivesAFunctionNothing() {
    plane.role("worker");
    allow("*");

    Credentials credentials = plane.services.open("999999999999", ROLE, "f");
    AccessKey key = Objects.requireNonNull(plane.identities.find(credentials.accessKeyId()));

    assertThat(key.principal().arn()).isEqualTo("arn:aws:sts::999999999999:assumed-role/worker/f");
    assertThat(mayInvoke(key)).isFalse();
    assertThat(plane.identities.identify(key).requester().arns()).isEmpty();
    assertThatThrownBy(() -> plane.services.open("999999999999", "none", "f"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
