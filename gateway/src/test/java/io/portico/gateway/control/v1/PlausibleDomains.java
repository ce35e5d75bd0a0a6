package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Domain names and access associations that are there, for calls that name one. */
final class PlausibleDomains {
  private static final Caller CONSUMER = new Caller("444455556666", "eu-west-1", null);

  private final Random random;
  private final List<Known> known = new ArrayList<>();
  private final List<String> associations = new ArrayList<>();
  private @Nullable Known shared;
  private String foreign = "";
  private int names;

  PlausibleDomains(Random random) {
    this.random = random;
  }

  /**
   * A domain name.
   *
   * @param id empty where it is public
   */
  record Known(String name, String id, String arn) {
    static Known of(JsonNode reply) {
      return new Known(
          reply.path("domainName").asString(),
          reply.path("domainNameId").asString(""),
          reply.path("domainNameArn").asString());
    }
  }

  /** One of those that are there, for the next call. */
  Known next() {
    return one(known);
  }

  /** A text for a member that names one of them, or null where it does not. */
  @Nullable String text(String operation, String member, @Nullable Known aimed) {
    boolean rejects = operation.equals("RejectDomainNameAccessAssociation");
    Known domain = rejects || member.equals("domainNameArn") ? shared : aimed;
    if (operation.equals("CreateDomainName") && member.equals("domainName")) {
      return newName();
    }
    return switch (member) {
      case "domainName" -> domain == null ? null : domain.name();
      case "domainNameId" -> domain == null ? null : domain.id();
      case "domainNameArn" -> domain == null ? null : domain.arn();
      case "domainNameAccessAssociationArn" -> rejects ? foreign : one(associations);
      case "resourceArn" -> random.nextInt(4) == 0 ? next().arn() : null;
      default -> null;
    };
  }

  /**
   * Makes a public domain name with a base path mapping, and a private one that this and another
   * account have associated.
   */
  void startAnew(TestControlPlane plane) {
    known.clear();
    associations.clear();
    String api = plane.call("CreateRestApi", Json.object().put("name", "m")).get("id").asString();
    ObjectNode open = Json.object().put("domainName", newName()).put("certificateName", "mine");
    known.add(Known.of(plane.call("CreateDomainName", open)));
    plane.call("CreateBasePathMapping", open.put("restApiId", api));
    ObjectNode closed = Json.object().put("domainName", newName()).put("certificateName", "mine");
    closed.putObject("endpointConfiguration").putArray("types").add("PRIVATE");
    Known closedName = Known.of(plane.call("CreateDomainName", closed));
    shared = closedName;
    known.add(closedName);
    ObjectNode sharing = Json.object().put("domainName", closedName.name());
    sharing
        .put("domainNameId", closedName.id())
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", "/managementPolicy")
        .put(
            "value",
            """
            {"Statement": {"Effect": "Allow", "Principal": {"AWS": "444455556666"},
             "Action": "apigateway:CreateAccessAssociation", "Resource": "*"}}
            """);
    plane.call("UpdateDomainName", sharing);
    ObjectNode association =
        Json.object()
            .put("domainNameArn", closedName.arn())
            .put("accessAssociationSource", "vpce-0")
            .put("accessAssociationSourceType", "VPCE");
    foreign = arn(plane.call(CONSUMER, "CreateDomainNameAccessAssociation", association));
    associations.add(arn(plane.call("CreateDomainNameAccessAssociation", association)));
  }

  private static String arn(JsonNode reply) {
    return reply.get("domainNameAccessAssociationArn").asString();
  }

  private String newName() {
    return "n" + names++ + ".example.com";
  }

  void learn(String operation, String answer) {
    switch (operation) {
      case "CreateDomainName" -> known.add(Known.of(Json.parse(answer)));
      case "CreateDomainNameAccessAssociation" -> associations.add(arn(Json.parse(answer)));
      default -> {
        // What other calls answer names no domain name that was not there.
      }
    }
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
