package io.portico.gateway.control.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.iam.IamPlane;
import io.portico.gateway.control.iam.IamPlane.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StsTest {
  private static final String ASSUME =
      "{'RoleArn': 'arn:aws:iam::111122223333:role/team/worker', 'RoleSessionName': 'me'}";

  private final IamPlane plane = new IamPlane();

  @ParameterizedTest
  @CsvSource({", 111122223333", "test, 111122223333", "444455556666, 444455556666"})
  void whoeverCallsIsHisAccount(String accessKeyId, String account) {
    Reply reply = plane.sts(accessKeyId, "GetCallerIdentity", "{}");

    assertThat(reply.text("Account")).isEqualTo(account);
    assertThat(reply.text("UserId")).isEqualTo(account);
    assertThat(reply.text("Arn")).isEqualTo("arn:aws:iam::" + account + ":root");
  }

  @Test
  void aRolesCredentialsStandForItsSession() {
    String roleId =
        plane
            .iam(
                "CreateRole",
                "{'RoleName': 'worker', 'Path': '/team/', 'AssumeRolePolicyDocument': '"
                    + IamPlane.TRUST.replace("\"", "\\u0022")
                    + "'}")
            .text("RoleId");

    Reply assumed = plane.sts("test", "AssumeRole", ASSUME);
    Reply identity = plane.sts(assumed.text("AccessKeyId"), "GetCallerIdentity", "{}");

    assertThat(assumed.text("AccessKeyId")).matches("ASIA[A-Z2-7]{16}");
    assertThat(assumed.text("SecretAccessKey")).hasSize(40);
    assertThat(assumed.text("SessionToken")).hasSizeGreaterThan(300);
    assertThat(assumed.text("Expiration")).isEqualTo("2026-01-02T04:04:05Z");
    assertThat(assumed.text("AssumedRoleId")).isEqualTo(roleId + ":me");
    assertThat(assumed.text("Arn")).isEqualTo("arn:aws:sts::111122223333:assumed-role/worker/me");
    assertThat(identity.text("Arn")).isEqualTo(assumed.text("Arn"));
    assertThat(identity.text("UserId")).isEqualTo(roleId + ":me");
    assertThat(identity.text("Account")).isEqualTo("111122223333");
  }

  @Test
  void aRoleThatNobodyMadeHasAnIdThatStays() {
    String first = plane.sts("test", "AssumeRole", ASSUME).text("AssumedRoleId");
    String second = plane.sts("test", "AssumeRole", ASSUME).text("AssumedRoleId");

    assertThat(first).matches("AROA[A-Z2-7]{17}:me").isEqualTo(second);
  }

  @Test
  void aRoleOfAnotherAccountMakesItsCallers() {
    Reply assumed =
        plane.sts(
            "test",
            "AssumeRole",
            "{'RoleArn': 'arn:aws:iam::999999999999:role/far', 'RoleSessionName': 'me',"
                + " 'SourceIdentity': 'someone'}");
    String key = assumed.text("AccessKeyId");

    assertThat(assumed.text("SourceIdentity")).isEqualTo("someone");
    assertThat(plane.sts(key, "GetCallerIdentity", "{}").text("Account")).isEqualTo("999999999999");
    assertThat(
            plane.sts("test", "GetAccessKeyInfo", "{'AccessKeyId': '" + key + "'}").text("Account"))
        .isEqualTo("999999999999");
    assertThat(
            plane
                .sts("test", "GetAccessKeyInfo", "{'AccessKeyId': 'AKIAIOSFODNN7EXAMPLE'}")
                .text("Account"))
        .isEqualTo("111122223333");
  }

  @Test
  void credentialsEnd() {
    String key = plane.sts("test", "AssumeRole", ASSUME).text("AccessKeyId");

    plane.pass(Duration.ofHours(1));

    assertThat(plane.sts(key, "GetCallerIdentity", "{}").outcome())
        .isEqualTo("403 ExpiredToken: The security token included in the request is expired");
  }

  @Test
  void credentialsThatEndedLongAgoAreForgotten() {
    for (int i = 0; i < 5; i++) {
      plane.sts("test", "AssumeRole", ASSUME);
    }
    assertThat(plane.size()).isEqualTo(10);

    plane.pass(Duration.ofHours(26));
    plane.sts("test", "AssumeRole", ASSUME);

    assertThat(plane.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'RoleArn': 'arn:aws:iam::111122223333:user/x', 'RoleSessionName': 'me' | 400 ValidationError: Request ARN is invalid",
        "'RoleArn': 'arn:aws:iam::111122223333:role/x', 'RoleSessionName': 'me', 'Policy': 'x' | 400 MalformedPolicyDocument: Syntax errors in policy.",
        "'RoleArn': 'arn:aws:iam::111122223333:role/worker', 'RoleSessionName': 'me', 'DurationSeconds': 3601 | 400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        "'RoleArn': 'arn:aws:iam::111122223333:role/x', 'RoleSessionName': 'me', 'DurationSeconds': 1 | 400 ValidationError: 1 validation error detected: Value '1' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"
      })
  void whatCannotBeAssumedIsRefused(String input, String outcome) {
    plane.role("worker");

    assertThat(plane.sts("test", "AssumeRole", "{" + input + "}").outcome()).isEqualTo(outcome);
  }

  @Test
  void aSessionOfASessionIsShort() {
    String key = plane.sts("test", "AssumeRole", ASSUME).text("AccessKeyId");

    assertThat(
            plane
                .sts(key, "AssumeRole", ASSUME.replace("}", ", 'DurationSeconds': 3601}"))
                .outcome())
        .isEqualTo(
            "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for"
                + " roles assumed by role chaining");
    assertThat(plane.sts(key, "GetSessionToken", "{}").outcome())
        .isEqualTo("403 AccessDenied: Cannot call GetSessionToken with session credentials");
  }

  @Test
  void aSessionTokenStandsForWhoeverAsked() {
    Reply given = plane.sts("test", "GetSessionToken", "{'DurationSeconds': 900}");

    Reply identity = plane.sts(given.text("AccessKeyId"), "GetCallerIdentity", "{}");

    assertThat(given.text("Expiration")).isEqualTo("2026-01-02T03:19:05Z");
    assertThat(identity.text("Arn")).isEqualTo("arn:aws:iam::111122223333:root");
  }
}
