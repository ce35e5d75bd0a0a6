package io.portico.gateway.control.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.control.iam.IamPlane.Reply;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class AccessKeysTest {
  private static final String ANN = "arn:aws:iam::111122223333:user/ann";
  private static final String INVALID =
      "403 InvalidClientTokenId: The security token included in the request is invalid.";

  private final IamPlane plane = new IamPlane();

  @BeforeEach
  void makeAnn() {
    plane.iam("CreateUser", ann());
  }

  private static ObjectNode ann() {
    return Json.object().put("UserName", "ann");
  }

  private static ObjectNode ann(String key) {
    return ann().put("AccessKeyId", key);
  }

  private String key() {
    return plane.iam("CreateAccessKey", ann()).text("AccessKeyId");
  }

  private Reply identity(String key) {
    return plane.sts(key, "GetCallerIdentity", "{}");
  }

  @Test
  void aKeyStandsForItsUser() {
    Reply made = plane.iam("CreateAccessKey", ann());
    String key = made.text("AccessKeyId");

    assertThat(key).matches("AKIA[A-Z2-7]{16}");
    assertThat(made.text("SecretAccessKey")).hasSize(40);
    assertThat(made.text("Status")).isEqualTo("Active");
    assertThat(identity(key).text("Arn")).isEqualTo(ANN);
    assertThat(identity(key).text("UserId")).isEqualTo(plane.iam("GetUser", ann()).text("UserId"));
    assertThat(
            plane.sts("test", "GetAccessKeyInfo", "{'AccessKeyId': '" + key + "'}").text("Account"))
        .isEqualTo("111122223333");
    Reply listed = plane.iam("ListAccessKeys", ann());
    assertThat(listed.text("AccessKeyId")).isEqualTo(key);
    assertThat(listed.has("SecretAccessKey")).isFalse();
  }

  @Test
  void aUserHasTwoKeysAtMost() {
    key();
    key();

    assertThat(plane.iam("CreateAccessKey", ann()).outcome())
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
  }

  @Test
  void anInactiveKeyIsNobodys() {
    String key = key();
    plane.iam("UpdateAccessKey", ann(key).put("Status", "Inactive"));

    assertThat(plane.iam("ListAccessKeys", ann()).text("Status")).isEqualTo("Inactive");
    assertThat(identity(key).outcome()).isEqualTo(INVALID);
    assertThat(plane.identities.find(key)).isNull();
    plane.iam("UpdateAccessKey", ann(key).put("Status", "Active"));
    assertThat(identity(key).text("Arn")).isEqualTo(ANN);
    assertThat(plane.iam("UpdateAccessKey", ann(key).put("Status", "Expired")).outcome())
        .startsWith("400 InvalidInput");
  }

  @Test
  void aDeletedKeyStaysNobodys() {
    String key = key();
    plane.iam("DeleteAccessKey", ann(key));

    assertThat(plane.iam("ListAccessKeys", ann()).has("AccessKeyId")).isFalse();
    assertThat(identity(key).outcome()).isEqualTo(INVALID);
    assertThat(plane.identities.find(key)).isNull();
    String gone = "404 NoSuchEntity: The Access Key with id " + key + " cannot be found.";
    assertThat(plane.iam("DeleteAccessKey", ann(key)).outcome()).isEqualTo(gone);
    assertThat(plane.iam("UpdateAccessKey", ann(key).put("Status", "Active")).outcome())
        .isEqualTo(gone);
    plane.iam("DeleteUser", ann());
    plane.iam("CreateUser", ann());
    assertThat(identity(key).outcome()).isEqualTo(INVALID);
  }

  @Test
  void aKeyOfSomebodyElseIsNotFound() {
    String key = key();
    plane.iam("CreateUser", "{'UserName': 'bob'}");

    assertThat(
            plane
                .iam("DeleteAccessKey", "{'UserName': 'bob', 'AccessKeyId': '" + key + "'}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void whoeverHasSignedManagesHisOwnKeys() {
    String key = key();

    assertThat(plane.iam(key, "ListAccessKeys", "{}").text("UserName")).isEqualTo("ann");
    String second = plane.iam(key, "CreateAccessKey", "{}").text("AccessKeyId");
    assertThat(identity(second).text("Arn")).isEqualTo(ANN);
    Reply root = plane.iam("test", "CreateAccessKey", "{}");
    assertThat(root.has("UserName")).isFalse();
    assertThat(identity(root.text("AccessKeyId")).text("Arn"))
        .isEqualTo("arn:aws:iam::111122223333:root");
  }

  @Test
  void theLastUseIsKept() {
    String key = key();
    ObjectNode input = Json.object().put("AccessKeyId", key);

    Reply unused = plane.iam("GetAccessKeyLastUsed", input);
    identity(key);
    plane.pass(Duration.ofMinutes(20));
    plane.iam(key, "ListUsers", "{}");
    Reply used = plane.iam("GetAccessKeyLastUsed", input);

    assertThat(unused.text("ServiceName")).isEqualTo("N/A");
    assertThat(unused.text("Region")).isEqualTo("N/A");
    assertThat(unused.has("LastUsedDate")).isFalse();
    assertThat(used.text("UserName")).isEqualTo("ann");
    assertThat(used.text("LastUsedDate")).isEqualTo("2026-01-02T03:24:05Z");
    assertThat(used.text("Region")).isEqualTo("us-east-1");
    assertThat(
            plane.iam("GetAccessKeyLastUsed", "{'AccessKeyId': 'AKIANOBODYNOBODYXYZ2'}").status())
        .isEqualTo(404);
  }

  @Test
  void aKeyThatIsUsedAllTheTimeIsNotWrittenAllTheTime() {
    String key = key();
    identity(key);
    Object noted = plane.store.state();

    plane.pass(Duration.ofMinutes(14));
    identity(key);
    inAnotherService(key);
    assertThat(plane.store.state()).isSameAs(noted);
    plane.pass(Duration.ofMinutes(1));
    inAnotherService(key);
    assertThat(plane.store.state()).isNotSameAs(noted);
    assertThat(
            plane
                .iam("GetAccessKeyLastUsed", Json.object().put("AccessKeyId", key))
                .text("ServiceName"))
        .isEqualTo("apigateway");
  }

  private void inAnotherService(String key) {
    plane.keys.find(
        new SignatureHeader(
            "AWS4-HMAC-SHA256", key, "20260102", "eu-west-1", "apigateway", List.of(), "abc"));
  }

  /** As if it was made so between the moment a call is admitted and the one it is carried out. */
  @Test
  void whoeverHasAKeyThatIsNotGoodAnyMoreIsNotTheRoot() {
    String inactive = key();
    plane.iam("UpdateAccessKey", ann(inactive).put("Status", "Inactive"));
    String deleted = key();
    plane.iam("DeleteAccessKey", ann(deleted));

    for (String key : List.of(inactive, deleted)) {
      Caller caller = new Caller(IamPlane.ACCOUNT, "us-east-1", key);
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> plane.identities.principal(caller, Instant.EPOCH))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("InvalidClientTokenId"));
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> plane.calledBy(caller, "CreateAccessKey"))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("InvalidClientTokenId"));
    }
  }

  @Test
  void keysOfAnotherAccountAreNotSeen() {
    plane.iam("444455556666", "CreateUser", "{'UserName': 'far'}");
    String key =
        plane.iam("444455556666", "CreateAccessKey", "{'UserName': 'far'}").text("AccessKeyId");

    assertThat(identity(key).text("Account")).isEqualTo("444455556666");
    assertThat(plane.iam("GetAccessKeyLastUsed", "{'AccessKeyId': '" + key + "'}").status())
        .isEqualTo(404);
    assertThat(plane.iam("GetUser", "{'UserName': 'far'}").status()).isEqualTo(404);
  }
}
