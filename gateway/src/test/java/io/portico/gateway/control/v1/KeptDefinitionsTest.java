package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What was stored before there was a rule against it holds up no change of something else. */
final class KeptDefinitionsTest {
  private static final String CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/";
  private static final String SCOPE = TestControlPlane.CALLER.scope();

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void anApiKeepsItsPolicyAndItsAccessMode() {
    String id = plane.call("CreateRestApi", yaml("{name: pets}")).path("id").asString();
    RestApiRecord kept =
        keep(
            RecordTypes.REST_API,
            id,
            """
            {policy: '{"Statement":[{"Action":"execute-api:Invoke"}]}', securityPolicy: TLS_1_2,
             endpointAccessMode: BASIC}
            """);

    ObjectNode changed = changeApi(id, "/description", "cats");

    assertThat(changed.path("description").asString()).isEqualTo("cats");
    assertThat(api(id).policy()).isEqualTo(kept.policy());
    assertThatThrownBy(() -> changeApi(id, "/policy", "{\"Statement\": [{}]}"))
        .hasMessageStartingWith("Invalid policy document.");
    assertThatThrownBy(() -> changeApi(id, "/securityPolicy", "TLS_1_0"))
        .hasMessageStartingWith("endpointAccessMode is only available for");
  }

  @Test
  void aUsagePlanWithoutAThrottleKeepsThoseOfMethods() {
    String id = plane.call("CreateUsagePlan", yaml("{name: gold}")).path("id").asString();
    UsagePlanRecord kept =
        keep(
            RecordTypes.USAGE_PLAN,
            id,
            """
            {apiStages: [
             {apiId: a, stage: dev, throttle: {/pets/GET: {burstLimit: 1, rateLimit: 2.5}}},
             {apiId: a, stage: prod, throttle: {/pets/GET: {burstLimit: 1, rateLimit: 2.5}}}]}
            """);

    ObjectNode renamed = changePlan(id, "replace", "/name", "silver");
    ObjectNode without = changePlan(id, "remove", "/apiStages", "a:prod");

    assertThat(renamed.path("name").asString()).isEqualTo("silver");
    assertThat(renamed.path("apiStages")).hasSameSizeAs(kept.apiStages());
    assertThat(without.at("/apiStages/0/stage").asString()).isEqualTo("dev");
    assertThatThrownBy(
            () -> changePlan(id, "replace", "/apiStages/a:dev/throttle/~1pets/GET/burstLimit", "2"))
        .hasMessageStartingWith("Can not define fine grain throttling");
  }

  @Test
  void aDomainNameKeepsMutualTlsWithoutAnOwnershipVerificationCertificate() {
    String name = "pets.example.com";
    plane.call(
        "CreateDomainName",
        yaml(
            """
            {domainName: %s, endpointConfiguration: {types: [REGIONAL]},
             regionalCertificateArn: '%simported'}
            """
                .formatted(name, CERTIFICATE)));
    keep(
        RecordTypes.DOMAIN_NAME,
        name,
        "{mutualTlsAuthentication: {truststoreUri: 's3://bucket/key'}}");

    ObjectNode changed = changeDomainName(name, "/mutualTlsAuthentication/truststoreVersion", "2");

    assertThat(changed.at("/mutualTlsAuthentication/truststoreVersion").asString()).isEqualTo("2");
    assertThatThrownBy(
            () ->
                changeDomainName(name, "/ownershipVerificationCertificateArn", CERTIFICATE + "c/9"))
        .hasMessageStartingWith("Invalid certificate ARN");
  }

  private <R> R keep(RecordType<R> type, String id, String members) {
    return plane.records.write(
        records -> {
          ObjectNode tree = RecordCodec.tree(records.find(type, SCOPE, id).orElseThrow());
          tree.setAll(yaml(members));
          R kept = RecordCodec.record(tree, type.type());
          records.put(type, SCOPE, id, kept);
          return kept;
        });
  }

  private RestApiRecord api(String id) {
    return plane.records.read(
        records -> records.find(RecordTypes.REST_API, SCOPE, id).orElseThrow());
  }

  private ObjectNode changeApi(String id, String path, String value) {
    return change("UpdateRestApi", "restApiId", id, "replace", path, value);
  }

  private ObjectNode changeDomainName(String name, String path, String value) {
    return change("UpdateDomainName", "domainName", name, "replace", path, value);
  }

  private ObjectNode changePlan(String id, String op, String path, String value) {
    return change("UpdateUsagePlan", "usagePlanId", id, op, path, value);
  }

  private ObjectNode change(
      String operation, String member, String id, String op, String path, String value) {
    ObjectNode input = Json.object().put(member, id);
    input
        .putArray("patchOperations")
        .addObject()
        .put("op", op)
        .put("path", path)
        .put("value", value);
    return plane.call(operation, input);
  }

  private static ObjectNode yaml(String text) {
    return (ObjectNode) Yaml.parse(text);
  }
}
