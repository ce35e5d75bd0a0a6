package io.portico.conformance.patch;

import io.portico.conformance.IssuedCertificate;
import io.portico.conformance.client.AwsClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Domain names of every kind that a change can be made to, named after the API that one of them is
 * mapped to: REGIONAL with mutual TLS, EDGE, PRIVATE, one that is both REGIONAL and EDGE, and one
 * that was REGIONAL and has its certificate still.
 */
final class PatchedDomains {
  static final String BASE_PATH = "v1";

  private final AwsClient client;
  private final Map<String, String> ids;

  private PatchedDomains(AwsClient client, Map<String, String> ids) {
    this.client = client;
    this.ids = ids;
  }

  /** Makes them, and puts their names and ids. */
  static void build(AwsClient client, Map<String, String> ids) {
    PatchedDomains domains = new PatchedDomains(client, ids);
    ids.put("issuedBefore", IssuedCertificate.request(client, "before.example.com"));
    ids.put("issued", IssuedCertificate.request(client, "after.example.com"));
    ids.put("otherApi", domains.otherApi());
    domains.regional();
    Map<String, Object> edge =
        Map.of("certificateName", "before", "certificateArn", domains.id("issuedBefore"));
    domains.create("edge", edge);
    domains.create("both", edge);
    domains.becomeBoth("both");
    domains.create("moved", edge);
    domains.becomeBoth("moved");
    domains.patch("moved", List.of(change("remove", "/endpointConfiguration/types", "REGIONAL")));
    Map<String, Object> closed = new HashMap<>(edge);
    closed.put("endpointConfiguration", Map.of("types", List.of("PRIVATE")));
    ids.put("privateId", domains.create("private", closed).get("domainNameId").asString());
  }

  private String otherApi() {
    return client.call("CreateRestApi", Map.of("name", "other")).get("id").asString();
  }

  private void regional() {
    create(
        "domain",
        Map.of(
            "regionalCertificateName",
            "before",
            "regionalCertificateArn",
            id("issuedBefore"),
            "endpointConfiguration",
            Map.of("types", List.of("REGIONAL")),
            "mutualTlsAuthentication",
            Map.of("truststoreUri", "s3://before/key", "truststoreVersion", "1"),
            "ownershipVerificationCertificateArn",
            id("issuedBefore")));
    client.call(
        "CreateBasePathMapping",
        Map.of("domainName", id("domain"), "restApiId", id("api"), "basePath", BASE_PATH));
  }

  private JsonNode create(String name, Map<String, Object> members) {
    ids.put(name, name + "." + id("api") + ".example.com");
    Map<String, Object> input = new HashMap<>(members);
    input.put("domainName", id(name));
    return client.call("CreateDomainName", input);
  }

  private void becomeBoth(String name) {
    patch(
        name,
        List.of(
            change("add", "/endpointConfiguration/types", "REGIONAL"),
            change("add", "/regionalCertificateArn", id("issuedBefore"))));
  }

  private void patch(String name, List<Map<String, String>> changes) {
    client.call("UpdateDomainName", Map.of("domainName", id(name), "patchOperations", changes));
  }

  private static Map<String, String> change(String op, String path, String value) {
    return Map.of("op", op, "path", path, "value", value);
  }

  private String id(String name) {
    return Objects.requireNonNull(ids.get(name));
  }

  /** The members that name one of them; the REGIONAL one where the target is empty. */
  static Map<String, Object> names(Map<String, String> ids, String target) {
    String name = Objects.requireNonNull(ids.get(target.isEmpty() ? "domain" : target));
    return target.equals("private")
        ? Map.of("domainName", name, "domainNameId", Objects.requireNonNull(ids.get("privateId")))
        : Map.of("domainName", name);
  }
}
