package io.portico.gateway.control.v2;

import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.set;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DomainNameRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The <b>domain name configurations</b>: a domain name's endpoints, with their certificates. */
final class DomainNameConfigurations {
  private static final String REGIONAL = "REGIONAL";

  private DomainNameConfigurations() {}

  /**
   * Puts the endpoints that a call sends in place of those of a domain name's tree. What it does
   * not say of one stays as it is.
   *
   * @param before its types; empty for a new one
   */
  // AWS: which of its members may be sent: documented, UpdateDomainName; that the others, which
  // only
  // AWS knows, are ignored, is assumed, as are the texts, and that v2 makes no edge-optimized ones.
  static void apply(List<Input> configurations, ObjectNode tree, List<String> before) {
    List<String> types = new ArrayList<>();
    for (Input configuration : configurations) {
      String type = type(configuration, before);
      if (!type.equals(REGIONAL) && !before.contains(type)) {
        throw ServiceException.badRequest(
            "Invalid endpoint type specified: %s. Only REGIONAL is supported".formatted(type));
      }
      if (types.contains(type)) {
        throw ServiceException.badRequest(
            "Only one domain name configuration can be specified for the endpoint type " + type);
      }
      types.add(type);
      put(configuration, type, tree);
    }
    ArrayNode stored = object(tree, "endpointConfiguration").putArray("types");
    types.forEach(stored::add);
  }

  private static String type(Input configuration, List<String> before) {
    String type = configuration.stringOrNull("endpointType");
    if (type != null) {
      return type;
    }
    return before.size() == 1 ? before.getFirst() : REGIONAL;
  }

  private static void put(Input configuration, String type, ObjectNode tree) {
    boolean regional = type.equals(REGIONAL);
    copy(
        configuration,
        "certificateArn",
        tree,
        regional ? "regionalCertificateArn" : "certificateArn");
    copy(
        configuration,
        "certificateName",
        tree,
        regional ? "regionalCertificateName" : "certificateName");
    copy(configuration, "securityPolicy", tree, "securityPolicy");
    copy(
        configuration,
        "ownershipVerificationCertificateArn",
        tree,
        "ownershipVerificationCertificateArn");
    copy(configuration, "ipAddressType", object(tree, "endpointConfiguration"), "ipAddressType");
  }

  private static void copy(Input from, String sent, ObjectNode to, String member) {
    if (from.has(sent)) {
      set(to, member, from.stringOrNull(sent));
    }
  }

  /** Those of a domain name. */
  // AWS: source: documented, the examples of get-domain-name of the AWS CLI, where regional ones
  // have no date.
  static ArrayNode of(DomainNameRecord domain) {
    ArrayNode configurations = Json.array();
    for (String type : domain.endpointConfiguration().types()) {
      configurations.add(type.equals(REGIONAL) ? regional(domain) : edge(domain));
    }
    return configurations;
  }

  private static ObjectNode regional(DomainNameRecord domain) {
    ObjectNode configuration = common(domain, REGIONAL);
    put(configuration, "apiGatewayDomainName", domain.regionalDomainName());
    put(configuration, "hostedZoneId", domain.regionalHostedZoneId());
    put(configuration, "certificateArn", domain.regionalCertificateArn());
    put(configuration, "certificateName", domain.regionalCertificateName());
    return configuration;
  }

  private static ObjectNode edge(DomainNameRecord domain) {
    ObjectNode configuration = common(domain, EndpointRules.EDGE);
    put(configuration, "apiGatewayDomainName", domain.distributionDomainName());
    put(configuration, "hostedZoneId", domain.distributionHostedZoneId());
    put(configuration, "certificateArn", domain.certificateArn());
    put(configuration, "certificateName", domain.certificateName());
    configuration.put("certificateUploadDate", domain.certificateUploadDate().getEpochSecond());
    return configuration;
  }

  private static ObjectNode common(DomainNameRecord domain, String type) {
    ObjectNode configuration = Json.object();
    configuration.put("endpointType", type);
    configuration.put("domainNameStatus", domain.domainNameStatus());
    configuration.put("securityPolicy", domain.securityPolicy());
    put(configuration, "ipAddressType", domain.endpointConfiguration().ipAddressType());
    put(
        configuration,
        "ownershipVerificationCertificateArn",
        domain.ownershipVerificationCertificateArn());
    return configuration;
  }

  private static void put(ObjectNode configuration, String member, @Nullable String text) {
    if (text != null) {
      configuration.put(member, text);
    }
  }
}
