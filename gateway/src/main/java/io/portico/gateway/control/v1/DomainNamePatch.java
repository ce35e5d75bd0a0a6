package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.array;
import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.removeFrom;
import static io.portico.gateway.control.patch.PatchEdits.set;
import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.domains.DomainNameRules;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What UpdateDomainName can change. */
final class DomainNamePatch {
  private static final String MUTUAL_TLS = "mutualTlsAuthentication";
  private static final String URI = "truststoreUri";

  // AWS: source: documented, patch operations. The texts of refusals are assumed, but for that of
  // types that are replaced.
  static final PatchTable TABLE =
      PatchTable.refusing(new DomainNameRefusal())
          .row(
              "add replace remove",
              "/certificateName",
              "the name of the certificate of an EDGE or PRIVATE endpoint; empty unsets",
              text("certificateName"))
          .row(
              "add replace remove",
              "/certificateArn",
              "the ARN of the certificate of an EDGE or PRIVATE endpoint; empty unsets",
              text("certificateArn"))
          .row(
              "add replace remove",
              "/regionalCertificateName",
              "the name of the certificate of a REGIONAL endpoint; empty unsets",
              text("regionalCertificateName"))
          .row(
              "add replace remove",
              "/regionalCertificateArn",
              "the ARN of the certificate of a REGIONAL endpoint; empty unsets",
              text("regionalCertificateArn"))
          .row(
              "add remove",
              "/endpointConfiguration/types",
              "EDGE or REGIONAL, with the certificate in the same request",
              change -> endpointType(change, change.text()))
          // AWS: source: AWS's controller for Kubernetes, which names the type in the path.
          .row(
              "add remove",
              "/endpointConfiguration/types/{type}",
              "none; {type} is EDGE or REGIONAL, with the certificate in the same request",
              change -> endpointType(change, change.name("type")))
          .row(
              "replace",
              "/endpointConfiguration/ipAddressType",
              "ipv4 or dualstack",
              DomainNamePatch::ipAddressType)
          .row(
              "replace",
              "/endpointAccessMode",
              "BASIC or STRICT; empty unsets",
              checked("endpointAccessMode", EndpointRules::checkAccessMode))
          .row(
              "replace",
              "/securityPolicy",
              "the least TLS version and ciphers",
              required("securityPolicy", EndpointRules::checkSecurityPolicy))
          .row(
              "replace",
              "/routingMode",
              "BASE_PATH_MAPPING_ONLY, ROUTING_RULE_ONLY or ROUTING_RULE_THEN_BASE_PATH_MAPPING",
              required("routingMode", DomainNameRules::checkRoutingMode))
          .row(
              "add replace remove",
              "/mutualTlsAuthentication/truststoreUri",
              "an object in S3; without one, callers show no certificates",
              DomainNamePatch::truststoreUri)
          .row(
              "add replace remove",
              "/mutualTlsAuthentication/truststoreVersion",
              "the object's version; empty unsets",
              DomainNamePatch::truststoreVersion)
          .row(
              "add replace remove",
              "/ownershipVerificationCertificateArn",
              "the ARN of a public certificate; empty unsets",
              text("ownershipVerificationCertificateArn"))
          .row(
              "replace",
              "/managementPolicy",
              "who may associate VPC endpoints with a private domain name, a JSON document; empty"
                  + " unsets",
              text("managementPolicy"))
          .row(
              "replace",
              "/policy",
              "who may call a private domain name, a JSON document; empty unsets",
              text("policy"))
          .build();

  private static final Pattern NOT_MIXED =
      Pattern.compile(
          "/(certificate|regionalCertificate)(Name|Arn)|/endpointConfiguration/types(/.*)?");

  private DomainNamePatch() {}

  /** Whether the changes may come in one request. */
  // AWS: certificates and endpoint types are not added in a request that removes some; source:
  // documented, patch operations. The text is assumed.
  static void checkTogether(List<PatchOperation> changes) {
    List<String> ops =
        changes.stream()
            .filter(change -> change.path() != null && NOT_MIXED.matcher(change.path()).matches())
            .map(PatchOperation::op)
            .toList();
    if (ops.contains("add") && ops.contains("remove")) {
      throw ServiceException.badRequest(
          "Certificates and endpoint types cannot be added and removed in the same request");
    }
  }

  private static PatchEdit checked(String member, Consumer<String> check) {
    return change -> {
      if (!change.text().isEmpty()) {
        check.accept(change.text());
      }
      set(change.record(), member, change.text());
    };
  }

  private static PatchEdit required(String member, Consumer<String> check) {
    return change -> {
      check.accept(change.text());
      change.record().put(member, change.text());
    };
  }

  private static void endpointType(PatchChange change, String type) {
    EndpointRules.checkTypes(List.of(type));
    ArrayNode types = array(object(change.record(), "endpointConfiguration"), "types");
    removeFrom(types, type);
    if (change.adds()) {
      types.add(type);
    }
  }

  // AWS: the text is that for APIs; source: API-14.
  private static void ipAddressType(PatchChange change) {
    if (!EndpointRules.IP_ADDRESS_TYPES.contains(change.text())) {
      throw ServiceException.badRequest("ipAddressType must be either ipv4 or dualstack.");
    }
    object(change.record(), "endpointConfiguration").put("ipAddressType", change.text());
  }

  // AWS: without the truststore there is no mutual TLS; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html.
  private static void truststoreUri(PatchChange change) {
    if (change.removes() || change.text().isEmpty()) {
      change.record().remove(MUTUAL_TLS);
    } else {
      object(change.record(), MUTUAL_TLS).put(URI, change.text());
    }
  }

  private static void truststoreVersion(PatchChange change) {
    ObjectNode mutual = object(change.record(), MUTUAL_TLS);
    set(mutual, "truststoreVersion", change.removes() ? "" : change.text());
    if (mutual.isEmpty()) {
      change.record().remove(MUTUAL_TLS);
    }
  }
}
