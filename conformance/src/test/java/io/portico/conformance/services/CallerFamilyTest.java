package io.portico.conformance.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** STS: who calls, and credentials that end. */
@Portico
final class CallerFamilyTest {

  @EveryClient
  void theCallerIsTold(AwsClient client) {
    JsonNode caller = client.of(AwsService.STS).call("GetCallerIdentity", Map.of());

    assertThat(caller.path("Account").asString()).isEqualTo(Endpoint.ACCOUNT);
    assertThat(caller.path("Arn").asString())
        .isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":root");
  }

  @EveryClient
  void sessionsHaveCredentials(AwsClient client) {
    ServiceClient sts = client.of(AwsService.STS);

    JsonNode assumed =
        sts.call(
            "AssumeRole",
            Map.of(
                "RoleArn",
                "arn:aws:iam::" + Endpoint.ACCOUNT + ":role/any",
                "RoleSessionName",
                "me"));
    JsonNode session = sts.call("GetSessionToken", Map.of("DurationSeconds", 900));
    String account =
        sts.call(
                "GetAccessKeyInfo",
                Map.of("AccessKeyId", assumed.at("/Credentials/AccessKeyId").asString()))
            .get("Account")
            .asString();

    assertThat(assumed.at("/AssumedRoleUser/Arn").asString())
        .isEqualTo("arn:aws:sts::" + Endpoint.ACCOUNT + ":assumed-role/any/me");
    for (JsonNode answer : new JsonNode[] {assumed, session}) {
      assertThat(answer.at("/Credentials/AccessKeyId").asString()).startsWith("ASIA");
      assertThat(answer.at("/Credentials/SecretAccessKey").asString()).hasSize(40);
      assertThat(answer.at("/Credentials/SessionToken").asString()).isNotEmpty();
      assertThat(answer.at("/Credentials/Expiration").asString()).startsWith("2");
    }
    assertThat(account).isEqualTo(Endpoint.ACCOUNT);
  }
}
