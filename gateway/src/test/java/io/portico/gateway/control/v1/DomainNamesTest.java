package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Domain names of several accounts and regions, and what the data plane serves of them. */
final class DomainNamesTest {
  private static final HttpApiCompiler HTTP =
      new HttpApiCompiler(
          CallLimits.AWS,
          new ServiceEndpoints(Map.of(), null, false),
          new FunctionEndpoints(List.of(), null),
          new UserPoolIssuers(new ServiceEndpoints(Map.of(), null, false)),
          LinkTargets.NONE);
  private static final WebSocketApiCompiler WEBSOCKET =
      new WebSocketApiCompiler(
          CallLimits.AWS,
          WebSocketLimits.standard(),
          new ServiceEndpoints(Map.of(), null, false),
          new FunctionEndpoints(List.of(), null),
          LinkTargets.NONE);

  private static final String ACCOUNT = TestControlPlane.CALLER.accountId();
  private static final Caller OTHER_REGION = new Caller(ACCOUNT, "us-west-2", null);
  private static final Caller OTHER_ACCOUNT = new Caller("444455556666", "eu-west-1", null);
  private static final String TAKEN = "The domain name you provided already exists.";

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final SnapshotCompiler compiler =
      new SnapshotCompiler(
          CallLimits.AWS,
          new ServiceEndpoints(Map.of(), null, false),
          new FunctionEndpoints(List.of(), null));
  private final TestControlPlane plane =
      new TestControlPlane(
          new SnapshotPublisher(snapshot, compiler, HTTP, WEBSOCKET, (records, arn) -> null));

  @Test
  void aRegionalNameIsUniqueInItsRegionWhateverTheAccount() {
    create(TestControlPlane.CALLER, "api.example.com", "REGIONAL");

    create(OTHER_REGION, "api.example.com", "REGIONAL");
    assertThatThrownBy(() -> create(OTHER_ACCOUNT, "api.example.com", "REGIONAL"))
        .hasMessage(TAKEN);
    assertThatThrownBy(() -> create(OTHER_ACCOUNT, "api.example.com", "EDGE")).hasMessage(TAKEN);
  }

  @Test
  void anEdgeOptimisedNameIsUniqueEverywhere() {
    create(TestControlPlane.CALLER, "api.example.com", "EDGE");

    assertThatThrownBy(() -> create(OTHER_REGION, "api.example.com", "EDGE")).hasMessage(TAKEN);
    create(OTHER_REGION, "api.example.com", "REGIONAL");
    assertThatThrownBy(
            () ->
                plane.call(
                    OTHER_REGION,
                    "UpdateDomainName",
                    input(
                        """
                        {domainName: api.example.com, patchOperations: [
                         {op: add, path: /endpointConfiguration/types, value: EDGE},
                         {op: add, path: /certificateName, value: mine}]}
                        """)))
        .hasMessage(TAKEN);
  }

  @Test
  void noAccountHasWhatTheWildcardOfAnotherCovers() {
    create(TestControlPlane.CALLER, "*.example.com", "REGIONAL");
    create(TestControlPlane.CALLER, "a.example.org", "REGIONAL");

    assertThatThrownBy(() -> create(OTHER_ACCOUNT, "a.example.com", "EDGE")).hasMessage(TAKEN);
    assertThatThrownBy(() -> create(OTHER_ACCOUNT, "*.example.org", "EDGE")).hasMessage(TAKEN);
    create(OTHER_ACCOUNT, "a.b.example.com", "EDGE");
    create(TestControlPlane.CALLER, "*.example.org", "EDGE");
    create(OTHER_ACCOUNT, "b.example.com", "PRIVATE");
  }

  @Test
  void ofARegionOrAccountOthersSeeNothing() {
    create(TestControlPlane.CALLER, "api.example.com", "REGIONAL");

    for (Caller stranger : List.of(OTHER_REGION, OTHER_ACCOUNT)) {
      assertThatThrownBy(
              () -> plane.call(stranger, "GetDomainName", input("{domainName: api.example.com}")))
          .hasMessage("Invalid domain name identifier specified");
      assertThat(plane.call(stranger, "GetDomainNames", Json.object()).get("item")).isEmpty();
    }
  }

  @Test
  void whoClaimsAHostFirstHasItUntilHeGivesItUp() {
    create(TestControlPlane.CALLER, "api.example.com", "REGIONAL");
    create(OTHER_REGION, "api.example.com", "REGIONAL");
    create(OTHER_ACCOUNT, "api.example.com", "PRIVATE");
    map(TestControlPlane.CALLER, "one");
    map(OTHER_REGION, "two");

    DomainNameSnapshot first = served("api.example.com");
    plane.call("DeleteDomainName", input("{domainName: api.example.com}"));
    DomainNameSnapshot second = served("api.example.com");
    plane.call(OTHER_REGION, "DeleteDomainName", input("{domainName: api.example.com}"));

    assertThat(first.mappings()).containsOnlyKeys("one");
    assertThat(second.mappings()).containsOnlyKeys("two");
    assertThat(served("api.example.com").refusal()).isNotNull();
  }

  @Test
  void aPrivateNameIsNotInTheWayOfAnothersWildcard() {
    create(TestControlPlane.CALLER, "*.example.com", "REGIONAL");
    create(OTHER_ACCOUNT, "api.example.com", "PRIVATE");
    create(OTHER_ACCOUNT, "*.example.org", "PRIVATE");
    create(OTHER_ACCOUNT, "api.example.org", "PRIVATE");

    assertThat(served("api.example.com").domainName()).isEqualTo("*.example.com");
    assertThat(served("api.example.com").refusal()).isNull();
    assertThat(served("api.example.org").domainName()).isEqualTo("api.example.org");
    assertThat(served("api.example.org").refusal()).isNotNull();
    assertThat(served("www.example.org").refusal()).isNotNull();
  }

  @Test
  void changesOfMappingsAreServedAtOnce() {
    create(TestControlPlane.CALLER, "api.example.com", "REGIONAL");
    String api = map(TestControlPlane.CALLER, "one");
    DomainNameSnapshot before = served("api.example.com");

    plane.call(
        "UpdateBasePathMapping",
        input(
            """
            {domainName: api.example.com, basePath: one,
             patchOperations: [{op: replace, path: /basePath, value: ''}]}
            """));
    DomainNameSnapshot moved = served("api.example.com");
    plane.call("DeleteBasePathMapping", input("{domainName: api.example.com, basePath: (none)}"));

    assertThat(before.mappings())
        .containsExactly(Map.entry("one", new DomainNameSnapshot.Target(api, null)));
    assertThat(moved.mappings()).containsOnlyKeys("");
    assertThat(served("api.example.com").mappings()).isEmpty();
  }

  @Test
  void servesTheSameAfterAStart() {
    create(TestControlPlane.CALLER, "api.example.com", "REGIONAL");
    create(OTHER_REGION, "api.example.com", "REGIONAL");
    create(OTHER_ACCOUNT, "*.example.org", "EDGE");
    map(TestControlPlane.CALLER, "one");
    CurrentSnapshot fresh = new CurrentSnapshot();

    new SnapshotPublisher(fresh, compiler, HTTP, WEBSOCKET, (records, arn) -> null)
        .publishAll(plane.records);

    assertThat(fresh.get().domains()).isEqualTo(snapshot.get().domains());
    assertThat(fresh.get().domains().values()).hasSize(2);
  }

  @Test
  void aDomainNameLeavesNothingBehind() {
    String api = plane.call("CreateRestApi", input("{name: pets}")).get("id").asString();
    int before = plane.store.size();
    create(TestControlPlane.CALLER, "api.example.com", "REGIONAL");
    plane.call(
        "CreateBasePathMapping",
        input("{domainName: api.example.com, restApiId: %s, basePath: a}".formatted(api)));

    plane.call("DeleteDomainName", input("{domainName: api.example.com}"));

    assertThat(plane.store.size()).isEqualTo(before);
    assertThat(snapshot.get().domain("api.example.com")).isNull();
  }

  @Test
  void whoseNameIsSharedHasTheAssociationsOfOthersListedAndRejected() {
    ObjectNode domain = create(TestControlPlane.CALLER, "private.example.com", "PRIVATE");
    String arn = domain.get("domainNameArn").asString();
    ObjectNode association =
        input(
            "{domainNameArn: '%s', accessAssociationSource: vpce-1, accessAssociationSourceType: VPCE}"
                .formatted(arn));
    assertThatThrownBy(
            () -> plane.call(OTHER_ACCOUNT, "CreateDomainNameAccessAssociation", association))
        .hasMessage("Invalid domain name identifier specified");

    share(domain);
    JsonNode seen = plane.call(OTHER_ACCOUNT, "GetDomainNames", others()).get("item");
    String associated =
        plane
            .call(OTHER_ACCOUNT, "CreateDomainNameAccessAssociation", association)
            .get("domainNameAccessAssociationArn")
            .asString();
    JsonNode listed = plane.call("GetDomainNameAccessAssociations", others()).get("item");
    ObjectNode rejection =
        input(
            "{domainNameAccessAssociationArn: '%s', domainNameArn: '%s'}"
                .formatted(associated, arn));
    assertThatThrownBy(
            () -> plane.call(OTHER_ACCOUNT, "RejectDomainNameAccessAssociation", rejection))
        .hasMessage("Invalid domain name identifier specified");
    assertThatThrownBy(() -> plane.call("DeleteDomainNameAccessAssociation", rejection))
        .hasMessage("Invalid domain name access association identifier specified");
    plane.call("RejectDomainNameAccessAssociation", rejection);

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).propertyNames())
        .containsExactlyInAnyOrder("domainName", "domainNameId", "domainNameArn");
    assertThat(associated)
        .isEqualTo(
            "arn:aws:apigateway:eu-west-1:444455556666:/domainnameaccessassociations/domainname/"
                + arn.substring(arn.lastIndexOf('/') + 1)
                + "/vpcesource/vpce-1");
    assertThat(listed).hasSize(1);
    assertThat(plane.call("GetDomainNameAccessAssociations", others()).get("item")).isEmpty();
    assertThat(
            plane.call(OTHER_ACCOUNT, "GetDomainNameAccessAssociations", Json.object()).get("item"))
        .isEmpty();
  }

  private void share(ObjectNode domain) {
    plane.call(
        "UpdateDomainName",
        input(
            """
            {domainName: private.example.com, domainNameId: %s, patchOperations: [
             {op: replace, path: /managementPolicy, value: '{"Statement": [{"Effect": "Allow",
              "Principal": {"AWS": ["444455556666"]}, "Resource": "%s",
              "Action": "apigateway:CreateAccessAssociation"}]}'}]}
            """
                .formatted(
                    domain.get("domainNameId").asString(),
                    domain.get("domainNameArn").asString())));
  }

  private static ObjectNode others() {
    return Json.object().put("resourceOwner", "OTHER_ACCOUNTS");
  }

  private DomainNameSnapshot served(String host) {
    return Objects.requireNonNull(snapshot.get().domain(host));
  }

  private ObjectNode create(Caller caller, String name, String type) {
    String certificate = type.equals("REGIONAL") ? "regionalCertificateName" : "certificateName";
    return plane.call(
        caller,
        "CreateDomainName",
        input(
            "{domainName: '%s', %s: mine, endpointConfiguration: {types: [%s]}}"
                .formatted(name, certificate, type)));
  }

  private String map(Caller caller, String basePath) {
    String api = plane.call(caller, "CreateRestApi", input("{name: pets}")).get("id").asString();
    plane.call(
        caller,
        "CreateBasePathMapping",
        input(
            "{domainName: api.example.com, restApiId: %s, basePath: %s}".formatted(api, basePath)));
    return api;
  }

  private static ObjectNode input(String yaml) {
    return (ObjectNode) Yaml.parse(yaml);
  }
}
